import { expect, it } from '@jest/globals';

import { restMs, shareLeft } from './quota.ts';

const left = (limit?: number, remaining?: number): number =>
  shareLeft(
    new Headers(
      limit === undefined
        ? {}
        : { 'ratelimit-limit': `${limit}`, 'ratelimit-remaining': `${remaining}` },
    ),
  );

it('reads which share of the requests is left', () => {
  expect([left(), left(1_000, 999), left(1_000, 0), left(4, 1)]).toEqual([1, 0.999, 0, 0.25]);
});
it('leaves a person half of their requests, however long they look', () => {
  let [remaining, seconds] = [1_000, 0];
  for (; restMs(left(1_000, remaining)) < 10_000; seconds += 3) remaining -= 2;
  expect(remaining).toBe(500);
  for (; seconds < 3_600; seconds += restMs(left(1_000, remaining)) / 1_000) remaining -= 2;
  expect(remaining).toBeGreaterThan(250);
});
