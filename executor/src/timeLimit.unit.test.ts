import { expect, it } from '@jest/globals';

import { madeTime } from './testing/madeTime.ts';
import { withinHeartbeat, withinTimeLimit } from './timeLimit.ts';

const never = new Promise<never>(() => undefined);

it('gives what was made in time', async () => {
  expect(await withinTimeLimit(60_000, new AbortController(), async () => 7)).toBe(7);
});

it('calls off what takes longer, and waits no more for what does not heed that', async () => {
  const told: AbortController[] = [];
  const work = (off: AbortController) => {
    told.push(off);
    return never;
  };
  await expect(withinTimeLimit(5, new AbortController(), work)).rejects.toMatchObject({
    ...{ code: 'node.timeout', kind: 'unavailable', extra: { outcomeUnknown: true } },
  });
  expect(told[0]?.signal.aborted).toBe(true);
});

it('passes on that everything is called off', async () => {
  const off = new AbortController();
  const work = withinTimeLimit(
    60_000,
    off,
    ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve('called off');
        });
      }),
  );
  off.abort();
  expect(await work).toBe('called off');
});

it('lets work go on for as long as it beats, and calls off what falls silent', async () => {
  const { time, pass } = madeTime();
  const told: { off: AbortController; beat: () => void }[] = [];
  let failure: unknown;
  const work = withinHeartbeat(
    100,
    new AbortController(),
    (off, beat) => {
      told.push({ off, beat });
      return never;
    },
    time,
  ).catch((error: unknown) => (failure = error));
  for (let beats = 0; beats < 5; beats += 1) {
    pass(99);
    told[0]?.beat();
  }
  pass(99);
  expect(told[0]?.off.signal.aborted).toBe(false);
  pass(1);
  await work;
  expect(told[0]?.off.signal.aborted).toBe(true);
  expect(failure).toMatchObject({
    ...{ code: 'node.heartbeat_timeout', kind: 'unavailable', extra: { outcomeUnknown: true } },
  });
});

it('leaves no timer behind for work that is done', async () => {
  const { time, waiting } = madeTime();
  expect(await withinHeartbeat(100, new AbortController(), async () => 7, time)).toBe(7);
  expect(waiting()).toBe(0);
  expect(await withinHeartbeat(undefined, new AbortController(), async () => 8, time)).toBe(8);
});
