import { describe, expect, it } from '@jest/globals';

import { decideFirings } from './firings.ts';
import type { Schedule } from './schedules.ts';

const schedule = (more: Partial<Schedule>): Schedule => ({
  ...{ scheduleId: 's', nodeId: 'n', cron: '* * * * *', everyMs: null, timezone: 'UTC' },
  ...{ catchUp: 'one', overlap: 'allow', setBy: 'ada', setAt: '2026-01-01T00:00:00.000Z' },
  ...{ firstDueAt: '2026-01-01T00:01:00.000Z', lastSkipped: null },
  ...more,
});
const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
/** Due since minute 1, seen half a minute after minute 5: all but the last one were missed. */
const dues = [1, 2, 3, 4, 5].map(at);
const now = '2026-01-01T00:05:30.000Z';
const decided = (more: Partial<Schedule>, isBusy = false, of: readonly string[] = dues) =>
  decideFirings({ schedule: schedule(more), dues: of, now, isBusy });
const nothing = { fire: [], skip: null, cancelPrevious: false };

describe('firings that were missed', () => {
  it('are left out, but for those that are merely late', () => {
    const skip = { reason: 'missed', dues: dues.slice(0, 4) };
    expect(decided({ catchUp: 'skip' })).toEqual({ ...nothing, skip });
    expect(decided({ catchUp: 'skip' }, false, dues.slice(4))).toEqual({
      ...nothing,
      fire: [at(5)],
    });
  });
  it('are made up for by one, the last of them', () => {
    const skip = { reason: 'missed', dues: dues.slice(0, 3) };
    expect(decided({ catchUp: 'one' })).toEqual({ ...nothing, skip });
    expect(decided({ catchUp: 'one' }, false, dues.slice(3))).toEqual({
      ...nothing,
      fire: [at(4), at(5)],
    });
  });
  it('are all made up for', () => {
    expect(decided({ catchUp: 'all' })).toEqual({ ...nothing, fire: dues });
  });
});

describe('a firing while a run of the one before goes on', () => {
  const late = dues.slice(4);
  it.each([
    ['allow', { ...nothing, fire: late }],
    ['skip', { ...nothing, skip: { reason: 'overlap', dues: late } }],
    ['queue', nothing],
    ['cancel_previous', { ...nothing, fire: late, cancelPrevious: true }],
  ] as const)('%s', (overlap, expected) => {
    expect(decided({ overlap }, true, late)).toEqual(expected);
  });
  it('fires one at a time where they must not overlap', () => {
    for (const overlap of ['skip', 'queue', 'cancel_previous'] as const)
      expect(decided({ overlap, catchUp: 'all' }).fire).toEqual([at(1)]);
  });
});
