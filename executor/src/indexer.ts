import type {
  ChildChanges,
  EngineIndex,
  EventFiringChanges,
  EventLog,
  IndexChanges,
  PermitChanges,
  RecordedBatch,
  Timekeeper,
} from '@studio/contracts';
import { sleep, systemTime } from '@studio/infra';

import { type Alarm, createAlarm } from './alarm.ts';
import { createIndexFold, indexedTypes } from './indexChanges.ts';
import { keepTrying } from './keepTrying.ts';

/** Follows the log and writes the engine's index behind it; what comes in between two writes folds together. */
export interface Indexer {
  /** Resolves once the index holds everything up to the position. */
  level(position: bigint): Promise<void>;
  stop(): Promise<void>;
}

export interface IndexerOptions {
  readonly index: EngineIndex;
  readonly log: Pick<EventLog, 'subscribe'>;
  /** Called after a write that set timers or moved schedules. */
  readonly onTimersSet: () => void;
  /** Called after a write that turned kill switches on or off. */
  readonly onHalts: () => void;
  /** Called after a write by which runs asked for permits, or may have given some back. */
  readonly onPermitsMoved: (changes: PermitChanges) => void;
  /** Called after a write that concerns children, or may. */
  readonly onChildrenMoved: (changes: ChildChanges) => void;
  /** Called after a write that concerns event triggers, or may. */
  readonly onEventsMoved: (changes: EventFiringChanges) => void;
  readonly onError: (error: unknown) => void;
  /** Default: the world's. */
  readonly time?: Timekeeper;
}

/** Rows that change are written soon, and a moment later than the first one, so that its like come along. */
const soonMs = 10;
/** While rows keep changing, so long lies between two writes: each is a statement over all of the index. */
const betweenWritesMs = 40;
/** A checkpoint that passes events without rows is in no hurry. */
const laterMs = 250;
/**
 * The index's commits do not wait for the disk: a database that was killed comes back without the
 * last of them. So the checkpoint is looked at again and again, and the log is read from there.
 */
const lookForLossMs = 1_000;

const setsTimes = ({ timersSet, schedulesSet, schedulesMoved }: IndexChanges): boolean =>
  timersSet.length + schedulesSet.length + schedulesMoved.length > 0;

/** Schedules that a kill switch held may be due once it is off. */
const turnsSwitches = ({ haltsSet, haltsGone }: IndexChanges): boolean =>
  haltsSet.length + haltsGone.length > 0;

/** One reading of the log from the index's checkpoint on. Ends when the index is no longer where we left it. */
const followOnce = async (
  options: IndexerOptions,
  reached: (position: bigint) => void,
  { alarm, stopping }: { alarm: Alarm; stopping: AbortSignal },
): Promise<void> => {
  const { index, log, onTimersSet, onHalts, time = systemTime } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([stopping, ending.signal]);
  let written = await index.checkpoint();
  let unwritten: RecordedBatch[] = [];
  reached(written);

  const tell = (changes: IndexChanges): void => {
    if (turnsSwitches(changes)) onHalts();
    if (turnsSwitches(changes) || setsTimes(changes)) onTimersSet();
    options.onPermitsMoved(changes.permits);
    options.onChildrenMoved(changes.children);
    options.onEventsMoved(changes.events);
  };

  const write = async (): Promise<void> => {
    const batches = unwritten;
    unwritten = [];
    const upTo = batches.at(-1)?.upTo ?? written;
    if (upTo <= written) return;
    const fold = createIndexFold();
    for (const { events } of batches) for (const event of events) fold.add(event);
    const changes = fold.changes();
    if (!(await index.apply(changes, written, upTo))) {
      ending.abort(); // lost, or another executor's
      return;
    }
    written = upTo;
    reached(written);
    tell(changes);
  };

  const collect = async (): Promise<void> => {
    const filter = { types: indexedTypes };
    const range = { after: written, filter, signal, subscriber: 'engine index' };
    for await (const batch of log.subscribe(range, 'sealed')) {
      unwritten.push(batch);
      if (batch.events.length > 0) alarm.ring();
    }
  };

  let lookedAtMs = time.nowMs();
  const lookForLoss = async (): Promise<void> => {
    if (time.nowMs() - lookedAtMs < lookForLossMs) return;
    lookedAtMs = time.nowMs();
    if ((await index.checkpoint()) !== written) ending.abort();
  };

  const writeOn = async (): Promise<void> => {
    for (let nextMs = 0; !signal.aborted;) {
      await alarm.wait(laterMs);
      await sleep(time, Math.max(soonMs, nextMs - time.nowMs()));
      nextMs = time.nowMs() + betweenWritesMs;
      await write();
      await lookForLoss();
    }
  };

  const collecting = collect();
  try {
    await Promise.race([collecting, writeOn()]);
  } finally {
    ending.abort();
    await collecting.catch(() => undefined); // told by the race
  }
};

export const createIndexer = (options: IndexerOptions): Indexer => {
  const stopping = new AbortController();
  const waiters = new Set<{ position: bigint; resolve: () => void }>();
  const { time = systemTime } = options;
  const alarm = createAlarm(time);
  let position = 0n;

  const reached = (next: bigint): void => {
    position = next;
    for (const waiter of waiters)
      if (position >= waiter.position) {
        waiters.delete(waiter);
        waiter.resolve();
      }
  };

  const follow = async (): Promise<void> => {
    while (!stopping.signal.aborted)
      await followOnce(options, reached, { alarm, stopping: stopping.signal });
  };
  const following = keepTrying(follow, {
    wanted: () => !stopping.signal.aborted,
    onError: options.onError,
    time,
  });

  return {
    level: (wanted) =>
      new Promise((resolve) => {
        waiters.add({ position: wanted, resolve });
        reached(position);
        alarm.ring();
      }),
    stop: async () => {
      stopping.abort();
      alarm.ring();
      await following;
    },
  };
};
