import { StudioError } from '@studio/contracts';

/** Nothing was written, and nothing could be read. */
export const logUnavailable = (cause: unknown): StudioError =>
  new StudioError('unavailable', 'log.unavailable', 'the log cannot be reached', {
    cause,
    retryAfterMs: 1_000,
  });

export const outcomeUnknown = (cause: unknown): StudioError =>
  new StudioError(
    'unavailable',
    'append.outcome_unknown',
    'the append may or may not have been committed; retry with the same event ids',
    { cause, retryAfterMs: 1_000 },
  );

export const storeClosed = (): StudioError =>
  new StudioError('unavailable', 'log.unavailable', 'the event store is closed');
