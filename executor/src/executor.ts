import {
  type EngineIndex,
  type EventLog,
  type ExecutionId,
  type NewId,
  parseStream,
  type PermitTable,
  shardOf,
  type ShardTable,
  type Snapshots,
  type StreamName,
  type Timekeeper,
} from '@studio/contracts';
import { sleep, systemTime } from '@studio/infra';

import { createIndexer } from './indexer.ts';
import { keepTrying } from './keepTrying.ts';
import { createLeases } from './leases.ts';
import { startLookouts } from './lookouts.ts';
import { createRunsInHand } from './runsInHand.ts';
import { createRunSnapshots } from './runSnapshots.ts';
import { type FactObserver, openRunStream } from './runStream.ts';
import { createSlots } from './slots.ts';
import { createStartChild } from './startChild.ts';
import { stateVersionOfRuns } from './stateVersion.ts';
import { createTriggers, type TriggerParts } from './triggers.ts';
import type { StuckRun } from './watchdog.ts';
import type { OwnWorkbench, Workbench } from './workbench.ts';

export interface ExecutorParts {
  readonly log: EventLog;
  readonly index: EngineIndex;
  readonly shards: ShardTable;
  readonly permits: PermitTable;
  readonly workbench: Workbench;
  readonly newId: NewId;
  /** True when no other executor can exist: shards are taken without waiting. */
  readonly alone: boolean;
  /** Effects in flight at the same time, at most. */
  readonly maxEffects: number;
  /** By it workspaces share the effects in flight while they want more than there may be; default: equally. */
  readonly weightOf?: (workspaceId: string) => number;
  readonly onError: (error: unknown, where: string) => void;
  readonly onFacts?: FactObserver;
  /** Where folds of long runs are kept; without it every fact of a run is read. */
  readonly snapshots?: Snapshots;
  /** What starting runs without a person needs; absent: this executor starts none. */
  readonly triggers?: TriggerParts;
  /** Told of each run that made no progress though it could; it is taken up then. */
  readonly onStuck?: (run: StuckRun) => void;
  /** How often such runs are looked for; default 5,000. */
  readonly watchEveryMs?: number;
  /** What everything here waits by; default: the world's. */
  readonly time?: Timekeeper;
}

export interface Executor {
  /** Names it in the table of shards and in the facts that it records. */
  readonly owner: string;
  /** Runs in memory here; sleeping runs are rows only. */
  liveRuns(): number;
  effectsInFlight(): number;
  /** The last runs that the watchdog named. */
  stuckRuns(): readonly StuckRun[];
  /** Lets someone who lost a race against a run write to its stream before the run goes on; they call what is returned. */
  giveWay(stream: StreamName): () => void;
  /** Position up to which the engine's index is level; resolves when it holds `position`. */
  level(position: bigint): Promise<void>;
  /** Lets effects in flight end for at most so long, then calls them off and gives up the shards. */
  stop(graceMs: number): Promise<void>;
}

/** Follows the log and brings every open run of its shards forward, until stopped. */
export const startExecutor = async (parts: ExecutorParts): Promise<Executor> => {
  const { log, index, newId, time = systemTime } = parts;
  const owner = newId();
  const { triggers: given } = parts;
  const { deterministicId } = parts.workbench;
  const triggers = given && createTriggers(given, { log, newId });
  const workbench: OwnWorkbench = {
    ...parts.workbench,
    startChild:
      triggers && createStartChild({ log, newId, owner, deterministicId, time, triggers }),
  };
  const slots = createSlots(parts.maxEffects, parts.weightOf);
  const stopping = new AbortController();
  let draining = false;
  const report = (where: string) => (error: unknown) => {
    parts.onError(error, where);
  };

  const snapshots =
    parts.snapshots &&
    createRunSnapshots({
      ...{ log, snapshots: parts.snapshots, stateVersion: stateVersionOfRuns() },
      onError: report('snapshots'),
    });

  const streamParts = {
    ...{ log, newId, owner, onFacts: parts.onFacts, snapshots: snapshots?.ofRun },
    now: () => leases.now(),
  };

  const runs = createRunsInHand({
    ...{ ...streamParts, workbench, slots, time },
    epochOf: (executionId) => leases.epochOf(shardOf(executionId)),
    draining: () => draining,
    onError: (error, executionId) => {
      parts.onError(error, `execution ${executionId}`);
    },
  });

  const indexer = createIndexer({
    ...{ index, log, time },
    onTimersSet: () => {
      lookouts.timersSet();
    },
    onHalts: () => {
      lookouts.haltsMoved();
    },
    onPermitsMoved: (changes) => {
      lookouts.permitsMoved(changes);
    },
    onChildrenMoved: (changes) => {
      lookouts.childrenMoved(changes);
    },
    onEventsMoved: (changes) => {
      lookouts.eventsMoved(changes);
    },
    onError: report('engine index'),
  });

  let isLevel = false;
  const resume = async (shards: readonly number[]): Promise<void> => {
    await indexer.level(await log.lastPosition());
    isLevel = true;
    for (const executionId of await index.openRuns(shards)) runs.take(executionId).nudge(0);
    lookouts.resumed();
  };

  const leases = createLeases({
    ...{ owner, table: parts.shards, alone: parts.alone, time },
    onTaken: (shards) => {
      // Runs of a shard that is lost meanwhile are not ours, and do nothing here.
      void keepTrying(() => resume([...shards.keys()]), {
        wanted: () => !stopping.signal.aborted,
        onError: report('taking over shards'),
        time,
      });
    },
    onLost: (shards) => {
      runs.drop((executionId) => shards.includes(shardOf(executionId)));
    },
    onError: report('leases'),
  });

  let heard = 0n;
  const lookouts = startLookouts({
    ...{ log, index, permits: parts.permits, newId, deterministicId, time, runs, report },
    shards: () => leases.held(),
    levelShards: () => (isLevel ? leases.held() : []),
    epochOf: (executionId) => leases.epochOf(shardOf(executionId)),
    now: () => leases.now(),
    draining: () => draining,
    load: async (executionId) => {
      const stream = openRunStream(executionId, streamParts);
      await stream.catchUp();
      return stream.run();
    },
    heard: () => heard,
    starting: given && triggers && { ...given, triggers },
    evaluate: workbench.expressions.evaluate,
    ...{ onStuck: parts.onStuck, watchEveryMs: parts.watchEveryMs },
  });

  heard = await index.checkpoint();
  const follow = async (): Promise<void> => {
    const range = { after: heard, signal: stopping.signal, subscriber: 'executor' };
    for await (const batch of log.subscribe(range, 'sealed')) {
      runs.hear(batch);
      heard = batch.upTo;
    }
  };
  const following = keepTrying(follow, {
    wanted: () => !stopping.signal.aborted,
    onError: report('following the log'),
    time,
  });

  await leases.start();

  const drained = async (graceMs: number): Promise<void> => {
    const until = time.nowMs() + graceMs;
    while (runs.effectsInFlight() > 0 && time.nowMs() < until) await sleep(time, 20);
  };

  return {
    owner,
    liveRuns: () => runs.count(),
    effectsInFlight: () => runs.effectsInFlight(),
    stuckRuns: () => lookouts.stuckRuns(),
    giveWay: (stream) => {
      const known = parseStream(stream);
      const run = known?.category === 'execution' && runs.find(known.id as ExecutionId); // the category says so
      return run ? run.giveWay() : () => undefined;
    },
    level: (position) => indexer.level(position),
    stop: async (graceMs) => {
      draining = true;
      await lookouts.stop();
      await drained(graceMs);
      runs.drop(() => true);
      stopping.abort();
      await following;
      await indexer.stop();
      await snapshots?.close();
      await leases.stop();
    },
  };
};
