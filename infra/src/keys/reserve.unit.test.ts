import { describe, expect, it } from '@jest/globals';

import { createReserve } from './reserve.ts';

const setUp = () => {
  const state = { batches: 0, failing: false };
  const make = async (): Promise<number[]> => {
    if (state.failing) throw new Error('out of reach');
    state.batches += 1;
    return [0, 1, 2, 3].map((n) => state.batches * 10 + n);
  };
  return { state, reserve: createReserve({ make, refillUnder: 2 }) };
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the reserve', () => {
  it('makes one batch for many who wait at once, and gives each another', async () => {
    const { state, reserve } = setUp();
    const taken = await Promise.all([reserve.take(), reserve.take(), reserve.take()]);
    expect(new Set(taken).size).toBe(3);
    expect(taken.every((item) => item < 20)).toBe(true);
    await settled();
    expect(state.batches).toBe(2); // refilled ahead, under two left
  });

  it('goes on with what it has while a refill fails, and tells the one who finds it empty', async () => {
    const { state, reserve } = setUp();
    await reserve.take();
    state.failing = true;
    for (let left = 3; left > 0; left -= 1) await reserve.take();
    await settled();
    await expect(reserve.take()).rejects.toThrow('out of reach');
    state.failing = false;
    expect(await reserve.take()).toBe(20);
  });
});
