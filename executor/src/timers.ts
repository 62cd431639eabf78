import type { DueTimer, EngineIndex, Timekeeper } from '@studio/contracts';

import { createHandedOut } from './handedOut.ts';
import { type Lookout, startLookout } from './lookout.ts';

export interface TimersOptions {
  readonly index: Pick<EngineIndex, 'due'>;
  readonly time: Timekeeper;
  readonly shards: () => readonly number[];
  readonly onDue: (timer: DueTimer, now: string) => void;
  readonly onError: (error: unknown) => void;
}

const batchSize = 500;

/** Hands out timers whose time has come by the database's clock. Late is allowed, lost is not. */
export const startTimers = (options: TimersOptions): Lookout => {
  const { index, time, shards, onDue, onError } = options;
  const handedOut = createHandedOut(time);
  const look = async (): Promise<number | null> => {
    const owned = shards();
    if (owned.length === 0) return null;
    const { timers, now, nextInMs } = await index.due(owned, batchSize);
    for (const timer of timers)
      if (handedOut.take(`${timer.executionId} ${timer.timerId}`)) onDue(timer, now);
    return nextInMs;
  };
  return startLookout(look, { time, onError });
};
