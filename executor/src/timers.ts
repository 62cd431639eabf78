import type { DueTimer, EngineIndex } from '@studio/contracts';

export interface TimersOptions {
  readonly index: EngineIndex;
  readonly shards: () => readonly number[];
  readonly onDue: (timer: DueTimer, now: string) => void;
  readonly onError: (error: unknown) => void;
}

export interface Timers {
  /** Something changed: look again soon. */
  nudge(): void;
  stop(): Promise<void>;
}

const pollEveryMs = 1_000;
/** Looking is a query: nudges that come thick and fast share one. */
const nudgeAfterMs = 20;
const batchSize = 500;
/** A timer stays in the index until its firing is indexed: it is not handed out again meanwhile. */
const handedOutForMs = 5_000;

/** Hands out timers whose time has come by the database's clock. Late is allowed, lost is not. */
export const startTimers = ({ index, shards, onDue, onError }: TimersOptions): Timers => {
  const handedOut = new Map<string, number>();
  let next: NodeJS.Timeout | null = null;
  let dueAtMs = Infinity;
  let looking = Promise.resolve();
  let stopped = false;

  const forgetOld = (): void => {
    const limit = performance.now() - handedOutForMs;
    for (const [key, at] of handedOut) if (at < limit) handedOut.delete(key);
  };

  const handOut = (timer: DueTimer, now: string): void => {
    const key = `${timer.executionId} ${timer.timerId}`;
    if (handedOut.has(key)) return;
    handedOut.set(key, performance.now());
    onDue(timer, now);
  };

  /** True when there may be more that is due. */
  const look = async (): Promise<number> => {
    forgetOld();
    const owned = shards();
    if (owned.length === 0) return pollEveryMs;
    const { timers, now, nextInMs } = await index.due(owned, batchSize);
    for (const timer of timers) handOut(timer, now);
    return Math.max(1, Math.min(pollEveryMs, nextInMs ?? pollEveryMs));
  };

  const lookIn = (ms: number): void => {
    const at = performance.now() + ms;
    if (stopped || at >= dueAtMs) return;
    if (next) clearTimeout(next);
    dueAtMs = at;
    next = setTimeout(() => {
      next = null;
      dueAtMs = Infinity;
      looking = look().then(lookIn, (error: unknown) => {
        onError(error);
        lookIn(pollEveryMs);
      });
    }, ms);
  };

  lookIn(0);
  return {
    nudge: () => {
      lookIn(nudgeAfterMs);
    },
    stop: async () => {
      stopped = true;
      if (next) clearTimeout(next);
      await looking;
    },
  };
};
