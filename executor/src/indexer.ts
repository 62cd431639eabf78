import type { EngineIndex, RecordedBatch } from '@studio/contracts';

import { createIndexFold, type IndexFold } from './indexChanges.ts';

/** Writes the engine's index behind the log: while one write is under way the next batches fold together. */
export interface Indexer {
  add(batch: RecordedBatch): void;
  /** Resolves once the index holds everything up to the position. */
  level(position: bigint): Promise<void>;
  stop(): Promise<void>;
}

export interface IndexerOptions {
  readonly index: EngineIndex;
  /** Where the index stands now. */
  readonly from: bigint;
  /** Called after each write, since timers may have come in. */
  readonly onWritten: () => void;
  readonly onError: (error: unknown) => void;
}

interface Pending {
  fold: IndexFold;
  upTo: bigint;
}

const retryAfterMs = 500;

export const createIndexer = ({ index, from, onWritten, onError }: IndexerOptions): Indexer => {
  let written = from;
  let pending: Pending | null = null;
  let unwritten: RecordedBatch[] = [];
  let writing: Promise<void> = Promise.resolve();
  let running = false;
  let stopped = false;
  const waiters = new Set<{ position: bigint; resolve: () => void }>();

  const wakeWaiters = (): void => {
    for (const waiter of waiters)
      if (written >= waiter.position) {
        waiters.delete(waiter);
        waiter.resolve();
      }
  };

  const foldPending = (): void => {
    const fold = createIndexFold();
    for (const batch of unwritten)
      for (const event of batch.events) if (event.position > written) fold.add(event);
    const upTo = unwritten.at(-1)?.upTo ?? written;
    pending = upTo > written ? { fold, upTo } : null;
  };

  const write = async (): Promise<void> => {
    const batches = unwritten.length;
    foldPending();
    if (pending && !(await index.apply(pending.fold.changes(), written, pending.upTo))) {
      written = await index.checkpoint(); // another executor wrote it: what is left begins there
      return;
    }
    written = pending?.upTo ?? written;
    unwritten = unwritten.slice(batches);
    onWritten();
    wakeWaiters();
  };

  const run = async (): Promise<void> => {
    while (unwritten.length > 0 && !stopped)
      try {
        await write();
      } catch (error) {
        onError(error);
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      }
    running = false;
  };

  return {
    add: (batch) => {
      unwritten.push(batch);
      if (running || stopped) return;
      running = true;
      writing = run();
    },
    level: (position) =>
      new Promise((resolve) => {
        waiters.add({ position, resolve });
        wakeWaiters();
      }),
    stop: async () => {
      stopped = true;
      await writing;
    },
  };
};
