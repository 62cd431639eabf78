import type { EngineIndex, ExecutionId, Timekeeper } from '@studio/contracts';
import { isOver, type Run } from '@studio/domain';
import { sleep } from '@studio/infra';

import { couldGoOn } from './couldGoOn.ts';

/** A run that made no progress though it could. */
export interface StuckRun {
  readonly executionId: ExecutionId;
  /** Of its last fact, when it was named. */
  readonly revision: number;
  readonly namedAt: string;
  /** True once it has moved. */
  readonly wentOn: boolean;
}

export interface WatchdogOptions {
  readonly index: Pick<EngineIndex, 'unpausedRuns'>;
  readonly time: Timekeeper;
  readonly shards: () => readonly number[];
  /** True while the run is in this executor's memory. */
  readonly isInHand: (executionId: ExecutionId) => boolean;
  /** The epoch under which the run is ours; null when it is not. */
  readonly epochOf: (executionId: ExecutionId) => number | null;
  /** The run as its stream has it. */
  readonly load: (executionId: ExecutionId) => Promise<Run>;
  /** Where the log ends, and how far this executor has heard of it. */
  readonly logEnd: () => Promise<bigint>;
  readonly heard: () => bigint;
  readonly now: () => string;
  /** A run is named, or still stands still after it was. */
  readonly onStuck: (run: StuckRun, isNew: boolean) => void;
  readonly onError: (error: unknown) => void;
  /** Default: 5,000. */
  readonly everyMs?: number | undefined;
}

export interface Watchdog {
  /** The runs named last, the newest last. */
  stuckRuns(): readonly StuckRun[];
  stop(): Promise<void>;
}

const lookEveryMs = 5_000;
/** So many runs are folded in one look, beside those that are suspected. */
const runsALook = 50;
const mostKept = 20;

/** How a run stood when it was found with something to do and in nobody's hands. */
interface Suspicion {
  readonly revision: number;
  readonly logEnd: bigint;
}

/**
 * Looks through the open runs of this executor's shards, a few at a time, for one that could go on and is in nobody's
 * hands. It is named when it stands at the same fact a look later, though its executor has heard of all until then.
 */
export const startWatchdog = (options: WatchdogOptions): Watchdog => {
  const { index, time, shards, isInHand, epochOf, load, now, onStuck, onError } = options;
  const stopping = new AbortController();
  const suspects = new Map<ExecutionId, Suspicion>();
  const named = new Map<ExecutionId, StuckRun>();
  let behind = '';

  const name = (executionId: ExecutionId, revision: number): void => {
    const known = named.get(executionId);
    const isNew = known?.revision !== revision;
    const stuck = isNew ? { executionId, revision, namedAt: now(), wentOn: false } : known;
    named.delete(executionId);
    named.set(executionId, stuck);
    const [oldest] = named.keys();
    if (named.size > mostKept && oldest !== undefined) named.delete(oldest);
    onStuck(stuck, isNew);
  };

  const suspect = (executionId: ExecutionId, { revision }: Run, logEnd: bigint): void => {
    const last = suspects.get(executionId);
    if (last?.revision !== revision) suspects.set(executionId, { revision, logEnd });
    else if (options.heard() >= last.logEnd) name(executionId, revision);
  };

  const standsStill = (executionId: ExecutionId, run: Run): boolean => {
    const epoch = epochOf(executionId);
    // Looked at again: the run may have been taken in hand while it was read.
    return epoch !== null && !isInHand(executionId) && couldGoOn(run, epoch, now());
  };

  const lookAt = async (executionId: ExecutionId, logEnd: bigint): Promise<void> => {
    const isWatched = !isInHand(executionId) && epochOf(executionId) !== null;
    const run = isWatched ? await load(executionId) : null;
    if (run && standsStill(executionId, run)) suspect(executionId, run, logEnd);
    else suspects.delete(executionId);
  };

  /** Whether the runs that were named have gone on meanwhile. */
  const lookAfter = async (stuck: StuckRun): Promise<void> => {
    if (stuck.wentOn) return;
    const run = await load(stuck.executionId);
    if (run.revision > stuck.revision || isOver(run))
      named.set(stuck.executionId, { ...stuck, wentOn: true });
  };

  const trying = (work: Promise<void>): Promise<void> => work.catch(onError);

  const look = async (): Promise<void> => {
    const owned = shards();
    if (owned.length === 0) return;
    const logEnd = await options.logEnd();
    const page = await index.unpausedRuns(owned, { after: behind, limit: runsALook });
    behind = page.length < runsALook ? '' : (page.at(-1) ?? '');
    for (const stuck of [...named.values()]) await trying(lookAfter(stuck));
    for (const executionId of new Set([...suspects.keys(), ...page])) {
      if (stopping.signal.aborted) return;
      await trying(lookAt(executionId, logEnd));
    }
  };

  const keepLooking = async (): Promise<void> => {
    for (;;) {
      await sleep(time, options.everyMs ?? lookEveryMs, {
        signal: stopping.signal,
        background: true,
      });
      if (stopping.signal.aborted) return;
      await trying(look());
    }
  };
  const looking = keepLooking();

  return {
    stuckRuns: () => [...named.values()],
    stop: async () => {
      stopping.abort();
      await looking;
    },
  };
};
