import { pause } from './request.ts';

/** Resolves once the tab is to be seen, or at the signal. */
const seen = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!document.hidden || signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      document.removeEventListener('visibilitychange', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    document.addEventListener('visibilitychange', end);
    signal.addEventListener('abort', end);
  });

/** Does it now, and again after each rest, while the tab is to be seen, until the signal. */
export const whileVisible = async (
  work: () => Promise<void>,
  restMs: () => number,
  signal: AbortSignal,
): Promise<void> => {
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    await seen(signal);
    if (isOver()) return;
    await work();
    await pause(restMs(), signal);
  }
};
