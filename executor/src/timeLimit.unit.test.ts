import { expect, it } from '@jest/globals';

import { withinTimeLimit } from './timeLimit.ts';

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
