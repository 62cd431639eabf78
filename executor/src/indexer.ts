import type { EngineIndex, RecordedBatch } from '@studio/contracts';

import { changesTheIndex, createIndexFold } from './indexChanges.ts';

/** Writes the engine's index behind the log; what comes in between two writes folds together. */
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
  /** Called after a write that set timers. */
  readonly onTimersSet: () => void;
  readonly onError: (error: unknown) => void;
}

/** Rows that change are written soon, and a moment later than the first one, so that its like come along. */
const soonMs = 10;
/** A checkpoint that passes events without rows is in no hurry. */
const laterMs = 250;
const retryMs = 500;

export const createIndexer = ({ index, from, onTimersSet, onError }: IndexerOptions): Indexer => {
  let written = from;
  let unwritten: RecordedBatch[] = [];
  let next: NodeJS.Timeout | null = null;
  let dueAtMs = Infinity;
  let writing: Promise<void> | null = null;
  let stopped = false;
  const waiters = new Set<{ position: bigint; resolve: () => void }>();

  const wakeWaiters = (): void => {
    for (const waiter of waiters)
      if (written >= waiter.position) {
        waiters.delete(waiter);
        waiter.resolve();
      }
  };

  /** False when another executor wrote the index meanwhile: what is left begins at its checkpoint. */
  const apply = async (batches: readonly RecordedBatch[], upTo: bigint): Promise<boolean> => {
    const fold = createIndexFold();
    const events = batches.flatMap((batch) => batch.events);
    for (const event of events) if (event.position > written) fold.add(event);
    const changes = fold.changes();
    const done = await index.apply(changes, written, upTo);
    written = done ? upTo : await index.checkpoint();
    if (done && changes.timersSet.length > 0) onTimersSet();
    return done;
  };

  const write = async (): Promise<void> => {
    const batches = [...unwritten]; // more come in while these are written
    const upTo = batches.at(-1)?.upTo ?? written;
    if (upTo > written && !(await apply(batches, upTo))) return;
    unwritten = unwritten.slice(batches.length);
    wakeWaiters();
  };

  const urgencyOf = (batches: readonly RecordedBatch[]): number => {
    if (waiters.size > 0) return 0;
    return batches.some(({ events }) => events.some(changesTheIndex)) ? soonMs : laterMs;
  };

  const afterWrite = (): void => {
    writing = null;
    if (unwritten.length > 0) writeIn(urgencyOf(unwritten));
  };

  const writeIn = (ms: number): void => {
    const atMs = performance.now() + ms;
    if (stopped || writing || atMs >= dueAtMs) return;
    if (next) clearTimeout(next);
    dueAtMs = atMs;
    next = setTimeout(() => {
      next = null;
      dueAtMs = Infinity;
      writing = write().then(afterWrite, (error: unknown) => {
        onError(error);
        writing = null;
        writeIn(retryMs);
      });
    }, ms);
  };

  return {
    add: (batch) => {
      unwritten.push(batch);
      writeIn(urgencyOf([batch]));
    },
    level: (position) =>
      new Promise((resolve) => {
        waiters.add({ position, resolve });
        wakeWaiters();
        if (waiters.size > 0) writeIn(0);
      }),
    stop: async () => {
      stopped = true;
      if (next) clearTimeout(next);
      await writing;
    },
  };
};
