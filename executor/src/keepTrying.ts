import type { Timekeeper } from '@studio/contracts';
import { sleep, systemTime } from '@studio/infra';

export interface KeepTryingOptions {
  /** False once nobody needs the work any more. */
  readonly wanted: () => boolean;
  readonly onError: (error: unknown) => void;
  readonly firstPauseMs?: number;
  readonly mostPauseMs?: number;
  /** What the pauses go by; default: the world's. */
  readonly time?: Timekeeper;
}

/** Does the work again, after growing pauses, until it is done or no longer wanted. */
export const keepTrying = async (
  work: () => Promise<void>,
  options: KeepTryingOptions,
): Promise<void> => {
  const { wanted, onError, firstPauseMs = 100, mostPauseMs = 5_000, time = systemTime } = options;
  for (let pauseMs = firstPauseMs; wanted(); pauseMs = Math.min(pauseMs * 2, mostPauseMs))
    try {
      await work();
      return;
    } catch (error) {
      onError(error);
      await sleep(time, pauseMs, { background: true });
    }
};
