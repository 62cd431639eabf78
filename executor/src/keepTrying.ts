import { setTimeout as sleep } from 'node:timers/promises';

export interface KeepTryingOptions {
  /** False once nobody needs the work any more. */
  readonly wanted: () => boolean;
  readonly onError: (error: unknown) => void;
  readonly firstPauseMs?: number;
  readonly mostPauseMs?: number;
}

/** Does the work again, after growing pauses, until it is done or no longer wanted. */
export const keepTrying = async (
  work: () => Promise<void>,
  { wanted, onError, firstPauseMs = 100, mostPauseMs = 5_000 }: KeepTryingOptions,
): Promise<void> => {
  for (let pauseMs = firstPauseMs; wanted(); pauseMs = Math.min(pauseMs * 2, mostPauseMs))
    try {
      await work();
      return;
    } catch (error) {
      onError(error);
      await sleep(pauseMs, undefined, { ref: false });
    }
};
