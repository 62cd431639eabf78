import type { Response } from 'express';

/** Aborts when the time is over, in milliseconds, or when nobody waits for the answer any more. */
export const whileAwaited = (response: Response, ms: number): AbortSignal => {
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  if (response.closed) leave();
  else response.once('close', leave);
  return AbortSignal.any([AbortSignal.timeout(ms), gone.signal]);
};
