import { randomBytes } from 'node:crypto';

const poolBytes = 16 * 1024;

/** Unpredictable bytes for ids and nonces, drawn from the system in larger pieces: a draw of its own takes 2 µs. */
export const createRandomPool = (): ((bytes: number) => Buffer) => {
  let pool = Buffer.alloc(0);
  return (bytes) => {
    // A used-up pool is left to those who hold pieces of it; no byte is ever handed out twice.
    if (pool.length < bytes) pool = randomBytes(Math.max(poolBytes, bytes));
    const piece = pool.subarray(0, bytes);
    pool = pool.subarray(bytes);
    return piece;
  };
};
