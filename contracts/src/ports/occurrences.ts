import type { ScheduleRule } from '../workflow/schedule.ts';

/** The calendar: when schedules are due. */
export interface Occurrences {
  /**
   * The first Instant after `after` at which the rule is due, counted from `from` where it is every so many
   * milliseconds; null when there is none. Error: `schedule.invalid`, for a rule that cannot be read.
   */
  next(rule: ScheduleRule, after: string, from: string): string | null;
}
