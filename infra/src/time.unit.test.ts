import { expect, it } from '@jest/globals';
import type { Timekeeper } from '@studio/contracts';

import { every, sleep, systemTime } from './time.ts';

/** Time that passes when the test says so. */
const handTime = () => {
  let nowMs = 0;
  let calls: { at: number; then: () => void }[] = [];
  const time: Timekeeper = {
    nowMs: () => nowMs,
    after: (ms, then) => {
      const call = { at: nowMs + ms, then };
      calls.push(call);
      return () => {
        calls = calls.filter((other) => other !== call);
      };
    },
  };
  const pass = (ms: number): void => {
    nowMs += ms;
    const due = calls.filter(({ at }) => at <= nowMs);
    calls = calls.filter(({ at }) => at > nowMs);
    for (const { then } of due) then();
  };
  return { time, pass, waiting: () => calls.length };
};

it('sleeps for so long by the time it is given', async () => {
  const { time, pass } = handTime();
  let awake = false;
  const sleeping = sleep(time, 10).then(() => (awake = true));
  pass(9);
  await Promise.resolve();
  expect(awake).toBe(false);
  pass(1);
  await sleeping;
});

it('wakes at once when it is called off, and leaves nothing behind', async () => {
  const { time, waiting } = handTime();
  const off = new AbortController();
  const sleeping = sleep(time, 10, { signal: off.signal });
  off.abort();
  await sleeping;
  await sleep(time, 10, { signal: off.signal });
  expect(waiting()).toBe(0);
});

it('calls again and again until it is ended', () => {
  const { time, pass, waiting } = handTime();
  let calls = 0;
  const end = every(time, 10, () => (calls += 1));
  for (let round = 0; round < 3; round += 1) pass(10);
  end();
  pass(10);
  expect([calls, waiting()]).toEqual([3, 0]);
});

it('passes as the time of the world does', async () => {
  const begun = systemTime.nowMs();
  await sleep(systemTime, 20);
  expect(systemTime.nowMs() - begun).toBeGreaterThan(15);
});
