import { randomBytes } from 'node:crypto';

const poolBytes = 16 * 1024;

/** Unpredictable bytes for ids and nonces, drawn from the system in larger pieces: a draw of its own takes 2 µs. */
export const createRandomPool = (): ((bytes: number) => Buffer) => {
  let pool = Buffer.alloc(0);
  let at = 0;
  return (bytes) => {
    // A used-up pool is left to those who hold pieces of it; no byte is ever handed out twice.
    if (pool.length - at < bytes) {
      pool = randomBytes(Math.max(poolBytes, bytes));
      at = 0;
    }
    at += bytes;
    return pool.subarray(at - bytes, at);
  };
};
