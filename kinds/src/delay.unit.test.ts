import { expect, it } from '@jest/globals';

import { dueAt } from './index.ts';

const now = '2026-01-02T03:04:05.678Z';

it('adds the duration to the present', () => {
  expect(dueAt({ durationMs: 90_000 }, now)).toBe('2026-01-02T03:05:35.678Z');
});

it('takes an instant as it is, in UTC, past or to come', () => {
  expect(dueAt({ until: '2026-03-01T12:00:00+02:00' }, now)).toBe('2026-03-01T10:00:00.000Z');
  expect(dueAt({ until: '2020-01-01T00:00:00Z' }, now)).toBe('2020-01-01T00:00:00.000Z');
});
