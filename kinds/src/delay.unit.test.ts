import { expect, it } from '@jest/globals';

import { delay, dueAt } from './index.ts';

const now = '2026-01-02T03:04:05.678Z';

it('adds the duration to the present', () => {
  expect(dueAt({ durationMs: 90_000 }, now)).toBe('2026-01-02T03:05:35.678Z');
});

it('refuses an instant that no timer can be set to', () => {
  for (const until of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00', '1969-12-31T23:59:59Z'])
    expect(delay.config.safeParse({ until }).success).toBe(false);
  expect(delay.config.safeParse({ until: '9999-12-31T23:59:59Z' }).success).toBe(true);
});

it('takes an instant as it is, in UTC, past or to come', () => {
  expect(dueAt({ until: '2026-03-01T12:00:00+02:00' }, now)).toBe('2026-03-01T10:00:00.000Z');
  expect(dueAt({ until: '2020-01-01T00:00:00Z' }, now)).toBe('2020-01-01T00:00:00.000Z');
});
