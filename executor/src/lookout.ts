import type { Timekeeper } from '@studio/contracts';

/** Looks again and again for what is due. */
export interface Lookout {
  /** Something changed: look again soon. */
  nudge(): void;
  stop(): Promise<void>;
}

const pollEveryMs = 1_000;
/** Looking is a query: nudges that come thick and fast share one. */
const nudgeAfterMs = 20;

/** @param look Answers in how many milliseconds something is due next; null: nothing is. */
export const startLookout = (
  look: () => Promise<number | null>,
  { time, onError }: { time: Timekeeper; onError: (error: unknown) => void },
): Lookout => {
  let callOff = (): void => undefined;
  let dueAtMs = Infinity;
  let looking = Promise.resolve();
  let stopped = false;

  const lookIn = (ms: number): void => {
    const at = time.nowMs() + ms;
    if (stopped || at >= dueAtMs) return;
    callOff();
    dueAtMs = at;
    callOff = time.after(ms, () => {
      dueAtMs = Infinity;
      looking = look().then(
        (dueInMs) => {
          lookIn(Math.max(1, Math.min(pollEveryMs, dueInMs ?? pollEveryMs)));
        },
        (error: unknown) => {
          onError(error);
          lookIn(pollEveryMs);
        },
      );
    });
  };

  lookIn(0);
  return {
    nudge: () => {
      lookIn(nudgeAfterMs);
    },
    stop: async () => {
      stopped = true;
      callOff();
      await looking;
    },
  };
};
