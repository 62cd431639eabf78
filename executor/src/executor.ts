import {
  type EngineIndex,
  type EventLog,
  type ExecutionId,
  type NewId,
  parseStream,
  type PermitTable,
  type RecordedBatch,
  type RecordedEvent,
  shardOf,
  type ShardTable,
  type Snapshots,
  type StreamName,
  type Timekeeper,
} from '@studio/contracts';
import { sleep, systemTime } from '@studio/infra';

import { startFamilies } from './families.ts';
import { startHalts } from './halts.ts';
import { createIndexer } from './indexer.ts';
import { keepTrying } from './keepTrying.ts';
import { createLeases } from './leases.ts';
import { createLiveRun, type LiveRun } from './liveRun.ts';
import { startPermits } from './permits.ts';
import { createRunSnapshots } from './runSnapshots.ts';
import { type FactObserver, openRunStream } from './runStream.ts';
import { startSchedules } from './schedules.ts';
import { createSlots } from './slots.ts';
import { sortBatch } from './sortBatch.ts';
import { createStartChild } from './startChild.ts';
import { stateVersionOfRuns } from './stateVersion.ts';
import { startTimers } from './timers.ts';
import { createTriggers, type TriggerParts } from './triggers.ts';
import { startWatchdog, type StuckRun } from './watchdog.ts';
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

const endings = new Set<RecordedEvent['type']>([
  'WorkflowCompleted',
  'WorkflowFailed',
  'WorkflowCancelled',
  'NodeCancelled',
  'DataErased',
]);

/** Follows the log and brings every open run of its shards forward, until stopped. */
export const startExecutor = async (parts: ExecutorParts): Promise<Executor> => {
  const { log, index, newId, time = systemTime } = parts;
  const owner = newId();
  const { triggers: given } = parts;
  const { deterministicId } = parts.workbench;
  const triggers = given && createTriggers(given, { log, newId });
  const workbench: OwnWorkbench = {
    ...parts.workbench,
    startChild: triggers && createStartChild({ log, newId, owner, deterministicId, triggers }),
  };
  const slots = createSlots(parts.maxEffects, parts.weightOf);
  const live = new Map<ExecutionId, LiveRun>();
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

  const activate = (executionId: ExecutionId): LiveRun => {
    const known = live.get(executionId);
    if (known) return known;
    const shard = shardOf(executionId);
    const run = createLiveRun(executionId, {
      ...{ ...streamParts, workbench, slots, time },
      epoch: () => leases.epochOf(shard),
      draining: () => draining,
      onIdle: () => {
        if (live.get(executionId) === run) live.delete(executionId);
        slots.passOn(executionId);
      },
      onError: report(`execution ${executionId}`),
    });
    live.set(executionId, run);
    return run;
  };

  const isOurs = (executionId: ExecutionId): boolean =>
    leases.epochOf(shardOf(executionId)) !== null;

  const routeEvent = (executionId: ExecutionId, event: RecordedEvent): void => {
    if (!isOurs(executionId)) return;
    const run = live.get(executionId);
    if (run) run.nudge(event.revision);
    else if (!endings.has(event.type)) activate(executionId).nudge(event.revision);
  };

  const indexer = createIndexer({
    ...{ index, log, time },
    onTimersSet: () => {
      timers.nudge();
      schedules?.nudge();
    },
    onHalts: () => {
      halts.nudge();
    },
    onPermitsMoved: ({ asked, gone }) => {
      if (asked.length > 0) permits.asked();
      else if (gone.length > 0) permits.freed();
    },
    onChildrenMoved: (changes) => {
      families.moved(changes);
    },
    onError: report('engine index'),
  });

  let isLevel = false;
  const resume = async (shards: readonly number[]): Promise<void> => {
    await indexer.level(await log.lastPosition());
    isLevel = true;
    permits.asked();
    for (const executionId of await index.openRuns(shards)) activate(executionId).nudge(0);
    timers.nudge();
    schedules?.nudge();
  };

  const dropShards = (shards: readonly number[]): void => {
    for (const [executionId, run] of live)
      if (shards.includes(shardOf(executionId))) {
        run.abandon();
        live.delete(executionId);
      }
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
    onLost: dropShards,
    onError: report('leases'),
  });

  const timers = startTimers({
    ...{ index, time },
    shards: () => leases.held(),
    onDue: ({ executionId, timerId }, now) => {
      activate(executionId).post({ type: 'FireTimer', data: { timerId, now } });
    },
    onError: report('timers'),
  });

  const halts = startHalts({
    ...{ index, time },
    shards: () => leases.held(),
    give: (executionId, order) => {
      activate(executionId).post(order);
    },
    onError: report('kill switches'),
  });

  const permits = startPermits({
    ...{ permits: parts.permits, time },
    shards: () => (isLevel ? leases.held() : []),
    onGranted: ({ executionId, requestedAt }) => {
      activate(executionId).post({ type: 'GrantPermits', data: { requestedAt } });
    },
    onError: report('permits'),
  });

  const families = startFamilies({
    ...{ index, log, time },
    shards: () => leases.held(),
    now: () => leases.now(),
    give: (executionId, order) => {
      activate(executionId).post(order);
    },
    onError: report('children'),
  });

  const schedules =
    given &&
    triggers &&
    startSchedules({
      ...{ ...given, log, newId, index, time, deterministicId, triggers },
      shards: () => leases.held(),
      onError: report('schedules'),
    });

  const take = (batch: RecordedBatch): void => {
    const { begun, others } = sortBatch(batch.events, owner);
    for (const { executionId, event } of others) routeEvent(executionId, event);
    for (const { executionId, facts } of begun) {
      const known = live.get(executionId);
      if (known) known.nudge(facts.at(-1)?.revision ?? 0);
      else if (isOurs(executionId)) activate(executionId).begin(facts);
    }
  };
  let taken = await index.checkpoint();
  const follow = async (): Promise<void> => {
    const range = { after: taken, signal: stopping.signal, subscriber: 'executor' };
    for await (const batch of log.subscribe(range, 'sealed')) {
      take(batch);
      taken = batch.upTo;
    }
  };
  const following = keepTrying(follow, {
    wanted: () => !stopping.signal.aborted,
    onError: report('following the log'),
    time,
  });

  await leases.start();

  const watchdog = startWatchdog({
    ...{ index, time, everyMs: parts.watchEveryMs },
    shards: () => (isLevel ? leases.held() : []),
    isInHand: (executionId) => live.has(executionId),
    epochOf: (executionId) => leases.epochOf(shardOf(executionId)),
    load: async (executionId) => {
      const stream = openRunStream(executionId, streamParts);
      await stream.catchUp();
      return stream.run();
    },
    logEnd: () => log.lastPosition(),
    heard: () => taken,
    now: () => leases.now(),
    onStuck: (run, isNew) => {
      if (isNew) parts.onStuck?.(run);
      if (!draining) activate(run.executionId).nudge(run.revision);
    },
    onError: report('watchdog'),
  });

  const drained = async (graceMs: number): Promise<void> => {
    const until = time.nowMs() + graceMs;
    const busy = (): boolean => [...live.values()].some((run) => run.busy() > 0);
    while (busy() && time.nowMs() < until) await sleep(time, 20);
  };

  return {
    owner,
    liveRuns: () => live.size,
    effectsInFlight: () => [...live.values()].reduce((sum, run) => sum + run.busy(), 0),
    stuckRuns: () => watchdog.stuckRuns(),
    giveWay: (stream) => {
      const known = parseStream(stream);
      const run = known?.category === 'execution' && live.get(known.id as ExecutionId); // the category says so
      return run ? run.giveWay() : () => undefined;
    },
    level: (position) => indexer.level(position),
    stop: async (graceMs) => {
      draining = true;
      await watchdog.stop();
      await timers.stop();
      await halts.stop();
      await permits.stop();
      await families.stop();
      await schedules?.stop();
      await drained(graceMs);
      for (const run of live.values()) run.abandon();
      stopping.abort();
      await following;
      await indexer.stop();
      await snapshots?.close();
      await leases.stop();
    },
  };
};
