import { expect, it } from '@jest/globals';

import { createPause } from './pause.ts';

const anHourMs = 3_600_000;

it('waits for nothing when there is no pause', async () => {
  await createPause(anHourMs).over();
});

it('ends by itself', async () => {
  const pause = createPause(50);
  pause.begin();
  const begun = performance.now();
  await pause.over();
  expect(performance.now() - begun).toBeGreaterThan(40);
});

it('is over once all who began it are done, and not before', async () => {
  const pause = createPause(anHourMs);
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
  const pause = createPause(anHourMs);
  pause.begin();
  const waiting = [pause.over(), pause.over()];
  pause.end();
  await Promise.all(waiting);
  pause.begin();
  let over = false;
  const again = pause.over().then(() => (over = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(over).toBe(false);
  pause.end();
  await again;
});
