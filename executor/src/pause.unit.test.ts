import { expect, it } from '@jest/globals';

import { createPause } from './pause.ts';

const took = async (work: Promise<void>): Promise<number> => {
  const begun = performance.now();
  await work;
  return performance.now() - begun;
};

it('waits for nothing when there is no pause', async () => {
  expect(await took(createPause(10_000).over())).toBeLessThan(1_000);
});

it('ends by itself', async () => {
  const pause = createPause(50);
  pause.begin();
  expect(await took(pause.over())).toBeGreaterThan(40);
});

it('is over once all who began it are done, and not before', async () => {
  const pause = createPause(10_000);
  const [first, second] = [pause.begin(), pause.begin()];
  let over = false;
  const waiting = pause.over().then(() => (over = true));
  first();
  first();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(over).toBe(false);
  second();
  await waiting;
});

it('ends early for all who wait, and can begin again', async () => {
  const pause = createPause(10_000);
  pause.begin();
  const waiting = [took(pause.over()), took(pause.over())];
  pause.end();
  expect(Math.max(...(await Promise.all(waiting)))).toBeLessThan(1_000);
  pause.begin();
  let over = false;
  const again = pause.over().then(() => (over = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(over).toBe(false);
  pause.end();
  await again;
});
