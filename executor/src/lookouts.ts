import type {
  ChildChanges,
  EngineIndex,
  EventFiringChanges,
  EventLog,
  ExecutionCommand,
  ExecutionId,
  NewId,
  PermitChanges,
  PermitTable,
  Timekeeper,
} from '@studio/contracts';
import type { Run } from '@studio/domain';

import { startEventFirings } from './eventFirings.ts';
import type { Expressions } from './expressions.ts';
import { startFamilies } from './families.ts';
import { startHalts } from './halts.ts';
import { startPermits } from './permits.ts';
import type { RunsInHand } from './runsInHand.ts';
import { startSchedules } from './schedules.ts';
import { startTimers } from './timers.ts';
import type { TriggerParts, Triggers } from './triggers.ts';
import { startWatchdog, type StuckRun } from './watchdog.ts';

export interface LookoutsParts {
  readonly log: EventLog;
  readonly index: EngineIndex;
  readonly permits: PermitTable;
  readonly newId: NewId;
  readonly deterministicId: (parts: readonly string[]) => string;
  readonly time: Timekeeper;
  readonly runs: RunsInHand;
  /** The shards that are held. */
  readonly shards: () => readonly number[];
  /** The same, and none until the index is level with the log. */
  readonly levelShards: () => readonly number[];
  readonly epochOf: (executionId: ExecutionId) => number | null;
  /** The database's time. */
  readonly now: () => string;
  readonly draining: () => boolean;
  /** The run as its stream has it. */
  readonly load: (executionId: ExecutionId) => Promise<Run>;
  /** How far the log was heard. */
  readonly heard: () => bigint;
  /** What starting runs without a person needs; undefined: none are started. */
  readonly starting: (TriggerParts & { readonly triggers: Triggers }) | undefined;
  readonly evaluate: Expressions['evaluate'];
  readonly onStuck: ((run: StuckRun) => void) | undefined;
  readonly watchEveryMs: number | undefined;
  readonly report: (where: string) => (error: unknown) => void;
}

/** All that looks for what is due to the runs of this executor, beside the log itself. */
export interface Lookouts {
  /** Shards were taken over, and the index is level. */
  resumed(): void;
  timersSet(): void;
  haltsMoved(): void;
  permitsMoved(changes: PermitChanges): void;
  childrenMoved(changes: ChildChanges): void;
  eventsMoved(changes: EventFiringChanges): void;
  stuckRuns(): readonly StuckRun[];
  stop(): Promise<void>;
}

export const startLookouts = (parts: LookoutsParts): Lookouts => {
  const { log, index, time, runs, shards, levelShards, now, report, starting } = parts;
  const { newId, deterministicId } = parts;
  const give = (executionId: ExecutionId, order: ExecutionCommand): void => {
    runs.take(executionId).post(order);
  };

  const timers = startTimers({
    ...{ index, time, shards, onError: report('timers') },
    onDue: ({ executionId, timerId }, at) => {
      give(executionId, { type: 'FireTimer', data: { timerId, now: at } });
    },
  });
  const halts = startHalts({ index, time, shards, give, onError: report('kill switches') });
  const permits = startPermits({
    ...{ permits: parts.permits, time, shards: levelShards, onError: report('permits') },
    onGranted: ({ executionId, requestedAt }) => {
      give(executionId, { type: 'GrantPermits', data: { requestedAt } });
    },
    onSuperseded: ({ executionId, requestedAt, by, burstEndsBy }) => {
      give(executionId, { type: 'SupersedeRun', data: { requestedAt, by, burstEndsBy } });
    },
  });
  const families = startFamilies({
    ...{ index, log, time, shards, now, give, onError: report('children') },
  });
  const schedules =
    starting &&
    startSchedules({
      ...{ ...starting, log, index, time, shards, onError: report('schedules') },
      ...{ newId, deterministicId },
    });
  const events =
    starting &&
    startEventFirings({
      ...{ ...starting, log, index, time, shards, now, onError: report('event triggers') },
      ...{ newId, deterministicId, evaluate: parts.evaluate },
    });
  const watchdog = startWatchdog({
    ...{ index, time, now, shards: levelShards, everyMs: parts.watchEveryMs },
    ...{ epochOf: parts.epochOf, load: parts.load, heard: parts.heard },
    isInHand: (executionId) => runs.find(executionId) !== undefined,
    logEnd: () => log.lastPosition(),
    onStuck: (stuck, isNew) => {
      if (isNew) parts.onStuck?.(stuck);
      if (!parts.draining()) runs.take(stuck.executionId).nudge(stuck.revision);
    },
    onError: report('watchdog'),
  });

  const timersSet = (): void => {
    timers.nudge();
    schedules?.nudge();
  };
  return {
    resumed: () => {
      permits.asked();
      timersSet();
    },
    timersSet,
    haltsMoved: () => {
      halts.nudge();
    },
    permitsMoved: ({ asked, gone }) => {
      if (asked.length > 0) permits.asked();
      else if (gone.length > 0) permits.freed();
    },
    childrenMoved: (changes) => {
      families.moved(changes);
    },
    eventsMoved: (changes) => {
      events?.moved(changes);
    },
    stuckRuns: () => watchdog.stuckRuns(),
    stop: async () => {
      await watchdog.stop();
      await timers.stop();
      await halts.stop();
      await permits.stop();
      await families.stop();
      await schedules?.stop();
      await events?.stop();
    },
  };
};
