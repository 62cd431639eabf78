import type { Schedule } from './schedules.ts';

/** What is known when a schedule is due. */
export interface DueSchedule {
  readonly schedule: Schedule;
  /** Every time that it was due, and has not been looked at, the oldest first. */
  readonly dues: readonly string[];
  readonly now: string;
  /** A run of this schedule goes on. */
  readonly isBusy: boolean;
}

export interface Firings {
  readonly fire: readonly string[];
  /** Starts with the oldest due time: what comes before the first that fires. */
  readonly skip: { readonly reason: 'missed' | 'overlap'; readonly dues: readonly string[] } | null;
  readonly cancelPrevious: boolean;
}

/** A firing that is later than that was missed; one that is earlier is merely late. */
export const missedAfterMs = 60_000;

const none: Firings = { fire: [], skip: null, cancelPrevious: false };

/** How many of the oldest are not made up for. */
const missedOf = ({ schedule, dues, now }: DueSchedule): number => {
  if (schedule.catchUp === 'all' || schedule.overlap === 'queue') return 0;
  const limit = Date.parse(now) - missedAfterMs;
  const missed = dues.filter((due) => Date.parse(due) < limit).length;
  return schedule.catchUp === 'one' ? Math.max(0, missed - 1) : missed;
};

/** What those that are due lead to. What is neither fired nor skipped stays due. */
export const decideFirings = (due: DueSchedule): Firings => {
  const { schedule, dues, isBusy } = due;
  const missed = missedOf(due);
  if (missed > 0) return { ...none, skip: { reason: 'missed', dues: dues.slice(0, missed) } };
  const first = dues.slice(0, 1);
  switch (schedule.overlap) {
    case 'allow':
      return { ...none, fire: dues };
    case 'skip':
      return isBusy ? { ...none, skip: { reason: 'overlap', dues } } : { ...none, fire: first };
    case 'queue':
      return isBusy ? none : { ...none, fire: first };
    case 'cancel_previous':
      return { ...none, fire: first, cancelPrevious: isBusy };
  }
};
