import { expect, it } from '@jest/globals';

import { retryAfterMs } from './retryAfter.ts';

const now = Date.parse('2026-01-02T03:04:05.000Z');

it.each([
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  [' 12 ', 12_000],
  ['999999', 86_400_000],
  ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
  ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
])('%j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
