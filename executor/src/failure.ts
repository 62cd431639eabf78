import { type Failure, StudioError } from '@studio/contracts';

const flag = (error: StudioError, name: string): boolean => error.extra[name] === true;

/** What is recorded of an error: whether another try may mend it, and whether the effect may have happened. */
export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof StudioError))
    return {
      code: 'node.broken',
      message: error instanceof Error ? error.message : String(error),
      transient: false,
    };
  const { code, message, kind, retryAfterMs } = error;
  return {
    ...{ code, message, transient: kind === 'unavailable' },
    ...(flag(error, 'outcomeUnknown') ? { outcomeUnknown: true } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};

/** True for an error by which work was called off: nothing is recorded of it. */
export const isCalledOff = (error: unknown): boolean =>
  error instanceof StudioError && error.kind === 'cancelled';
