import { clearTimeout, setTimeout } from 'node:timers';

import type { Timekeeper } from '@studio/contracts';

/** The time of the world that the process is in. */
export const systemTime: Timekeeper = {
  nowMs: () => performance.now(),
  after: (ms, then, { background = false } = {}) => {
    const timer = setTimeout(then, ms);
    if (background) timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after so many milliseconds, or at once when the signal is aborted: the caller looks. */
export const sleep = (
  time: Timekeeper,
  ms: number,
  options: { readonly signal?: AbortSignal; readonly background?: boolean } = {},
): Promise<void> =>
  new Promise((resolve) => {
    const { signal, ...how } = options;
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      callOff();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const callOff = time.after(ms, end, how);
    signal?.addEventListener('abort', end);
  });

/** Calls again and again, so many milliseconds apart, until what is returned is called. */
export const every = (time: Timekeeper, ms: number, work: () => void): (() => void) => {
  let callOff = (): void => undefined;
  const next = (): void => {
    callOff = time.after(ms, () => {
      next();
      work();
    });
  };
  next();
  return () => {
    callOff();
  };
};
