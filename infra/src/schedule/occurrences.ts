import { DomainError, instantOf, type Occurrences, type ScheduleRule } from '@studio/contracts';
import { Cron } from 'croner';

const invalid = (cause: unknown): DomainError =>
  new DomainError(
    'schedule.invalid',
    cause instanceof Error ? cause.message : 'The schedule cannot be read',
  );

const nextByCron = (cron: string, timezone: string, after: string): string | null => {
  try {
    const next = new Cron(cron, { timezone, paused: true }).nextRun(new Date(after));
    return next && instantOf(next.toISOString());
  } catch (error) {
    throw invalid(error);
  }
};

const nextByInterval = (everyMs: number, after: string, from: string): string => {
  const passed = Math.max(0, Date.parse(after) - Date.parse(from));
  const times = Math.floor(passed / everyMs) + 1;
  return new Date(Date.parse(from) + times * everyMs).toISOString();
};

/**
 * By croner, with the time zones of the platform. What falls into the hour that a clock skips in spring is due as
 * soon as that hour is over; what falls into the hour that comes twice in autumn is due once.
 */
export const occurrences: Occurrences = {
  next: ({ cron, everyMs, timezone }: ScheduleRule, after, from) => {
    if (cron !== null) return nextByCron(cron, timezone, after);
    if (everyMs !== null) return nextByInterval(everyMs, after, from);
    throw invalid(null);
  },
};
