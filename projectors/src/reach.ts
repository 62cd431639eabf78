import { setTimeout as sleep } from 'node:timers/promises';

/** How far a reader has come, and who waits for it. */
export interface Reach {
  readonly position: () => bigint;
  /** Resolves while somebody relies on being roused, at the latest after so many milliseconds. */
  readonly awaitedWithin: (ms: number) => Promise<void>;
  /** Begins here, which may be behind: rows that a killed database lost are to be made again. */
  readonly startsAt: (position: bigint) => void;
  /** Moves on, never back. */
  readonly reached: (position: bigint) => void;
  /** Lets every waiter look again. */
  rouse(): void;
  /**
   * True once `position` is reached, false when the time is over. With `look`, waiters do not rely
   * on being roused: it is asked again and again, since another process is doing the work.
   */
  waitFor(
    position: bigint,
    timeoutMs: number,
    look: () => (() => Promise<bigint>) | null,
  ): Promise<boolean>;
}

const lookAgainMs = 20;

export const createReach = (signal: AbortSignal): Reach => {
  const waiting = new Set<() => void>();
  let position = 0n;
  let hurry: (() => void) | null = null;

  const rouse = (): void => {
    for (const wake of waiting) wake();
    waiting.clear();
    hurry?.();
  };

  const roused = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      waiting.add(wake);
      hurry?.();
    });

  const awaitedWithin = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        hurry = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      hurry = done;
      if (waiting.size > 0) done();
    });

  const reached = (next: bigint): void => {
    if (next <= position) return;
    position = next;
    rouse();
  };

  return {
    position: () => position,
    awaitedWithin,
    startsAt: (from) => {
      position = from;
      rouse();
    },
    reached,
    rouse,
    waitFor: async (wanted, timeoutMs, look) => {
      const deadline = performance.now() + timeoutMs;
      while (position < wanted) {
        const leftMs = deadline - performance.now();
        if (leftMs <= 0 || signal.aborted) return false;
        const ask = look();
        if (ask) {
          reached(await ask());
          if (position < wanted) await sleep(Math.min(lookAgainMs, leftMs));
        } else await roused(leftMs);
      }
      return true;
    },
  };
};
