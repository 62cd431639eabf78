import { describe, expect, it } from '@jest/globals';
import type { ScheduleRule } from '@studio/contracts';

import { occurrences } from './occurrences.ts';

const from = '2026-01-01T00:00:00.000Z';
const rule = (more: Partial<ScheduleRule>): ScheduleRule => ({
  ...{ cron: null, everyMs: null, timezone: 'UTC' },
  ...more,
});
/** The next so many times after an instant. */
const times = (of: ScheduleRule, after: string, count: number): (string | null)[] => {
  const found: (string | null)[] = [];
  for (let last: string | null = after; found.length < count && last !== null;) {
    last = occurrences.next(of, last, from);
    found.push(last);
  }
  return found;
};

describe('a cron expression', () => {
  it('is local to its time zone', () => {
    const berlin = rule({ cron: '30 9 * * 1-5', timezone: 'Europe/Berlin' });
    expect(times(berlin, '2026-01-02T12:00:00.000Z', 2)).toEqual([
      ...['2026-01-05T08:30:00.000Z', '2026-01-06T08:30:00.000Z'],
    ]);
    expect(times(berlin, '2026-07-03T12:00:00.000Z', 1)).toEqual(['2026-07-06T07:30:00.000Z']);
  });

  it('is due once on the day that has its hour twice', () => {
    const twice = rule({ cron: '30 2 * * *', timezone: 'Europe/Berlin' });
    const due = times(twice, '2026-10-24T12:00:00.000Z', 2);
    expect(due.map((instant) => instant?.slice(0, 10))).toEqual(['2026-10-25', '2026-10-26']);
    expect(due[1]).toBe('2026-10-26T01:30:00.000Z');
  });

  it('is due once on the day that skips its hour', () => {
    const skipped = rule({ cron: '30 2 * * *', timezone: 'Europe/Berlin' });
    const due = times(skipped, '2026-03-28T12:00:00.000Z', 2);
    expect(due).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
  });

  it('keeps its distance across both changes where it is due each hour', () => {
    const hourly = rule({ cron: '0 * * * *', timezone: 'Europe/Berlin' });
    for (const start of ['2026-03-28T20:30:00.000Z', '2026-10-24T20:30:00.000Z']) {
      const due = times(hourly, start, 12).map((instant) => Date.parse(instant ?? ''));
      const gaps = due.slice(1).map((at, index) => at - (due[index] ?? 0));
      expect(new Set(gaps)).toEqual(new Set([3_600_000]));
    }
  });

  it('may begin with seconds, and may be due never again', () => {
    expect(times(rule({ cron: '*/20 * * * * *' }), from, 2)).toEqual([
      ...['2026-01-01T00:00:20.000Z', '2026-01-01T00:00:40.000Z'],
    ]);
    expect(occurrences.next(rule({ cron: '0 0 30 2 *' }), from, from)).toBeNull();
  });

  it.each([
    ['99 * * * *', 'UTC'],
    ['whenever', 'UTC'],
    ['* * * * *', 'Mars/Olympus'],
  ])('that cannot be read is refused: %s in %s', (cron, timezone) => {
    expect(() => occurrences.next(rule({ cron, timezone }), from, from)).toThrow(
      expect.objectContaining({ code: 'schedule.invalid' }),
    );
  });
});

it('counts intervals from where they began, however late one asks', () => {
  const each = rule({ everyMs: 90_000 });
  expect(occurrences.next(each, from, from)).toBe('2026-01-01T00:01:30.000Z');
  expect(occurrences.next(each, '2026-01-01T00:01:30.000Z', from)).toBe('2026-01-01T00:03:00.000Z');
  expect(occurrences.next(each, '2026-01-02T00:00:01.000Z', from)).toBe('2026-01-02T00:01:30.000Z');
});
