import { StudioError, type Timekeeper } from '@studio/contracts';

const firstWaitMs = 100;
const longestWaitMs = 5_000;

const isUnanswered = (error: unknown): boolean =>
  error instanceof StudioError && error.kind === 'unavailable';

/**
 * Does what may be done again until it is known to be done: without an answer nobody knows whether it was. Ends with
 * any other error of the work, and with its last one once it is called off.
 */
export const untilAnswered = async (
  work: () => Promise<void>,
  { time, signal }: { readonly time: Timekeeper; readonly signal: AbortSignal },
): Promise<void> => {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      const { promise: waited, resolve } = Promise.withResolvers<unknown>();
      time.after(waitMs, () => {
        resolve(null);
      });
      await waited;
      if (signal.aborted) throw error;
    }
  }
};
