import type { HaltedRuns } from '../halts.ts';
import type { ExecutionId } from '../ids.ts';
import type { Permit } from '../workflow/runLimit.ts';
import type { ChildChanges, Children } from './children.ts';
import type { EventFiringChanges, EventFirings } from './eventFirings.ts';
import type { GrantedPermits } from './permits.ts';

export interface ShardRow {
  readonly shard: number;
  readonly owner: string | null;
  /** Raised at every change of owner; facts carry it, so that an old owner's outcomes do not count. */
  readonly epoch: number;
  /** Raised by the owner each second. */
  readonly beat: number;
}

/** Who performs the effects of which runs. No wall clock decides: a shard is free when its row stands still. */
export interface ShardTable {
  /** Raises the beat of all that the owner holds and returns it, with the database's time. */
  beat(owner: string): Promise<{ held: ReadonlyMap<number, number>; now: string }>;
  rows(): Promise<readonly ShardRow[]>;
  /** Takes each row that is still as it was seen, with epoch + 1; returns shard → new epoch. */
  take(owner: string, seen: readonly ShardRow[]): Promise<ReadonlyMap<number, number>>;
  /** Gives up all that the owner holds. */
  release(owner: string): Promise<void>;
}

/** Who has a run stand still. */
export type PausedBy = 'person' | 'halt';

export interface OpenedRun {
  readonly executionId: ExecutionId;
  /** Position of the fact that opened it. */
  readonly openedAt: bigint;
  /** The schedule that started it, if one did. */
  readonly scheduleId: string | null;
  /** Null for a run that was retried by a studio which did not record it. */
  readonly workflowId: string | null;
  readonly workspaceId: string;
  readonly pausedBy: PausedBy | null;
}

/** What a run that is debounced waits for: `quietAt`, unless another one of its key asks; `latestAt` in any case. */
export interface Debounced {
  readonly key: string;
  /** An Instant. */
  readonly quietAt: string;
  /** An Instant; null: never. */
  readonly latestAt: string | null;
}

/** A run that asks for its permits; `askedAt` is the position of the fact, by which the older one is first. */
export interface PermitsAsked extends GrantedPermits {
  readonly priority: number;
  readonly askedAt: bigint;
  /** Those that are counted. */
  readonly permits: readonly Permit[];
  readonly debounced: Debounced | null;
  /** True when the fact of the grant is on record too. */
  readonly granted: boolean;
}

/** A start that counts for a limit until that Instant. */
export interface CountedStart extends GrantedPermits {
  readonly key: string;
  readonly until: string;
}

/** A run in whose place one of its burst ended: it waits no longer than that one would have. */
export interface Hurried {
  readonly executionId: ExecutionId;
  /** An Instant. */
  readonly latestAt: string;
}

/** Row changes of the permits. */
export interface PermitChanges {
  readonly asked: readonly PermitsAsked[];
  readonly granted: readonly GrantedPermits[];
  readonly counted: readonly CountedStart[];
  /** Of runs that asked before. */
  readonly hurried: readonly Hurried[];
  /** Runs that hold and ask for none any more. */
  readonly gone: readonly ExecutionId[];
}

/** Row changes of the index that a run of the log causes. */
export interface IndexChanges {
  readonly opened: readonly OpenedRun[];
  /** Of runs that were open before; null: it goes on. */
  readonly paused: readonly { executionId: ExecutionId; by: PausedBy | null }[];
  readonly haltsSet: readonly { scopeId: string; runs: HaltedRuns; reason: string | null }[];
  readonly haltsGone: readonly string[];
  readonly ended: readonly ExecutionId[];
  /** Runs whose data key was deleted: nothing that was kept of them may stay. */
  readonly erased: readonly ExecutionId[];
  /** Runs that are failing: none of their timers will ever be wanted. */
  readonly failing: readonly ExecutionId[];
  readonly timersSet: readonly { executionId: ExecutionId; timerId: string; dueAt: string }[];
  readonly timersGone: readonly { executionId: ExecutionId; timerId: string }[];
  readonly schedulesSet: readonly (DueSchedule & { readonly workspaceId: string })[];
  /** Due later, unless they are due later still. */
  readonly schedulesMoved: readonly { scheduleId: string; dueAt: string }[];
  readonly schedulesGone: readonly string[];
  readonly permits: PermitChanges;
  readonly children: ChildChanges;
  readonly events: EventFiringChanges;
}

/** A schedule of a published workflow, with the Instant at which it is due next. */
export interface DueSchedule {
  readonly scheduleId: string;
  readonly workflowId: string;
  readonly nodeId: string;
  readonly dueAt: string;
}

export interface DueSchedules {
  /** Schedules whose time has come by the database's clock, those that are halted left out, that clock, and when the next one is due. */
  dueSchedules(
    shards: readonly number[],
    limit: number,
  ): Promise<{ schedules: readonly DueSchedule[]; now: string; nextInMs: number | null }>;
  /** Open runs that this schedule started. */
  openRunsOf(scheduleId: string): Promise<readonly ExecutionId[]>;
}

/** An open run that has not yet done what a kill switch asks of it. */
export interface HaltOrder {
  readonly executionId: ExecutionId;
  /** `release`: the switch by which it stands still is off. */
  readonly runs: HaltedRuns | 'release';
  readonly reason: string | null;
}

export interface Halts {
  haltOrders(shards: readonly number[], limit: number): Promise<readonly HaltOrder[]>;
}

export interface DueTimer {
  readonly executionId: ExecutionId;
  readonly timerId: string;
}

/** Which runs are open and which timers are set: rows, not folds in memory. Rebuildable from the log. */
export interface EngineIndex extends DueSchedules, Halts, Children, EventFirings {
  checkpoint(): Promise<bigint>;
  /** Applies the changes and moves the checkpoint, in one transaction; false when it no longer stood at `from`. */
  apply(changes: IndexChanges, from: bigint, to: bigint): Promise<boolean>;
  openRuns(shards: readonly number[]): Promise<readonly ExecutionId[]>;
  /** Open runs that nobody has stand still and that wait for no permit, by id: those behind `after`. */
  unpausedRuns(
    shards: readonly number[],
    page: { readonly after: string; readonly limit: number },
  ): Promise<readonly ExecutionId[]>;
  /** Timers whose time has come by the database's clock, that clock, and when the next one is due. */
  due(
    shards: readonly number[],
    limit: number,
  ): Promise<{ timers: readonly DueTimer[]; now: string; nextInMs: number | null }>;
  /** Empties the index and its checkpoint, to be filled again from the log. */
  reset(): Promise<void>;
}
