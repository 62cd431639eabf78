import {
  type Definition,
  type Effect,
  type ExecutionEvent,
  type ExecutionId,
  type Failure,
  type InstanceId,
  isErasedUnder,
  type KeyId,
  type NodeId,
  type ParentNode,
  type Permit,
  type RunDeadline,
  type RunLimit,
} from '@studio/contracts';

import type { Approvals } from './approval.ts';
import type { Loop } from './loop.ts';
import type { Signals } from './signal.ts';
import type { Tries } from './tries.ts';
import type { Undoables, UndoingRun } from './undo.ts';

/** One try of an instance. */
export interface Attempt {
  readonly attempt: number;
  /** Raised only by a person's retry; part of the idempotency key. */
  readonly generation: number;
  /** Attempts that failed and were tried again; a crash is no failure. */
  readonly failures: number;
  readonly input: unknown;
  readonly idempotencyKey: string;
  readonly effect: Effect;
}

/** A timer lapses when its run fails; when the run goes on it has to be set again. */
interface Lapsing {
  readonly lapsed?: true;
}

/** Where one node instance stands; an instance that is absent is pending. `at` is the revision of its last fact. */
export type NodeState = { readonly nodeId: NodeId; readonly at: number } & (
  | ({ readonly status: 'running'; readonly epoch: number } & Attempt)
  | ({ readonly status: 'in_doubt' } & Attempt)
  /** The run that it started is under way. */
  | ({
      readonly status: 'awaiting_child';
      readonly childExecutionId: ExecutionId;
      /** Its failure is on record, and the record broke off before what follows. */
      readonly failing?: true;
    } & Attempt)
  | ({ readonly status: 'retrying'; readonly dueAt: string } & Lapsing & Attempt)
  /** The wait is over: the attempt may start. */
  | ({ readonly status: 'due' } & Attempt)
  /** A person's retry: the attempt may start, its settings evaluated anew. */
  | { readonly status: 'reopened'; readonly attempt: number; readonly generation: number }
  /** It failed for good, and a person says what follows. */
  | {
      readonly status: 'held';
      readonly attempt: number;
      readonly generation: number;
      readonly error: Failure;
    }
  /** People are asked, by the fact with the revision `requestedAt`. */
  | ({
      readonly status: 'awaiting_approval';
      readonly attempt: number;
      readonly generation: number;
      readonly requestedAt: number;
    } & Lapsing)
  | ({
      readonly status: 'waiting';
      readonly attempt: number;
      readonly timerId: string;
      readonly dueAt: string;
    } & Lapsing)
  /** Until its timer, if there is one. What it has declined was received up to the revision `lookedAt`. */
  | ({
      readonly status: 'awaiting_signal';
      readonly attempt: number;
      readonly generation: number;
      readonly name: string | null;
      readonly callback: boolean;
      readonly selects: boolean;
      readonly lookedAt: number;
      readonly timer: { readonly timerId: string; readonly dueAt: string } | null;
    } & Lapsing)
  /** The wait is over: the node ends by `handle` (absent: `output`) with `brought`, or with its input. */
  | {
      readonly status: 'fired';
      readonly attempt: number;
      readonly handle?: string;
      readonly brought?: { readonly payload: unknown };
    }
  | {
      readonly status: 'completed';
      readonly attempt: number;
      readonly handle: string;
      readonly output: unknown;
      /** A person had the run go on past it: the output is theirs. */
      readonly skipped?: true;
    }
  | {
      readonly status: 'failed';
      readonly attempt: number;
      readonly generation: number;
      readonly error: Failure;
      readonly handled: boolean;
      /** The attempt whose outcome nobody knows, when the node failed for that. */
      readonly doubt: Attempt | null;
      /** Of a region that failed by what is inside of it: how far it had come, for a person may have it go on. */
      readonly loop?: Loop;
    }
  /** A region whose body is under way. */
  | {
      readonly status: 'in_region';
      readonly attempt: number;
      readonly generation: number;
      readonly loop: Loop;
    }
  | { readonly status: 'skipped' }
  | { readonly status: 'cancelled'; readonly attempt: number }
);

/** How a run stands that was started under limits. */
export type Permits = { readonly limits: readonly RunLimit[] } & (
  | { readonly status: 'wanted' }
  /** `at` is the revision of the fact that asked. */
  | { readonly status: 'requested'; readonly at: number; readonly permits: readonly Permit[] }
  | { readonly status: 'held' }
);

export type RunStatus = 'unstarted' | 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** One run, folded from its stream and from nothing else. */
export interface Run {
  readonly status: RunStatus;
  /** Revision of the last fact folded; -1 before the first. */
  readonly revision: number;
  readonly executionId: ExecutionId;
  readonly workflowId: string;
  /** Of the workflow: the version that the run goes by. */
  readonly workflowVersion: number;
  readonly keyId: KeyId;
  readonly definition: Definition;
  readonly trigger: unknown;
  readonly context: unknown;
  /** The instant that the run waits for before it begins; null once it has come, and where there is none. */
  readonly startsAt: string | null;
  readonly deadline: RunDeadline | null;
  /** Null: the run was started under no limits. */
  readonly permits: Permits | null;
  readonly priority: number;
  /** A person has it stand still: nothing new begins, and what follows by itself waits. */
  readonly paused: boolean;
  /** It stands still by a kill switch, and goes on once that is off. */
  readonly halted: boolean;
  /** The trigger node that started the run; null where a person or a delivery did. */
  readonly firedBy: NodeId | null;
  /** Whose run it is. */
  readonly userId: string;
  /** The node of another run that it was started for. */
  readonly parent: ParentNode | null;
  /** How many runs led to it, each by the one before it. */
  readonly depth: number;
  readonly maxRetries: number;
  /** How often a person has had the run go on. */
  readonly retries: number;
  /** How often a person has sent it back to an earlier node. */
  readonly rewinds: number;
  /** How often nodes were tried, of those that were more than once or are to happen anew. */
  readonly tries: ReadonlyMap<NodeId, Tries>;
  /** `instance#attempt` of what was under way when the run was sent back. */
  readonly calledOff: ReadonlySet<string>;
  /** The orders for many runs by which it has gone on. */
  readonly redrives: ReadonlySet<string>;
  readonly instances: ReadonlyMap<InstanceId, NodeState>;
  /** What was asked of people, and what they said. */
  readonly approvals: Approvals;
  /** What others told it. */
  readonly signals: Signals;
  /** `instance#attempt` of answers that came too late and are on record. */
  readonly late: ReadonlySet<string>;
  /** Set once a failure ends the run, of an instance or of the run itself: nothing new starts. */
  readonly failure: { readonly instanceId: InstanceId | null; readonly error: Failure } | null;
  /** Set once an `end` node was reached: nothing new starts, and the run ends with this output. */
  readonly earlyEnd: { readonly instanceId: InstanceId; readonly output: unknown } | null;
  /** Set once a person has it cancelled and something is to be undone before: nothing new starts. */
  readonly cancellation: { readonly reason: string | null } | null;
  readonly undoables: Undoables;
  /** Instances that declare an undo and of which nobody knows whether they took effect. */
  readonly unknownEffects: ReadonlySet<InstanceId>;
  /** Set once the run undoes what it did. */
  readonly compensation: UndoingRun | null;
  readonly output: unknown;
  readonly erased: boolean;
}

export const initialRun: Run = {
  status: 'unstarted',
  revision: -1,
  executionId: '' as ExecutionId, // none yet: WorkflowStarted brings it
  workflowId: '',
  workflowVersion: 0,
  keyId: '' as KeyId, // none yet: WorkflowStarted brings it
  definition: { nodes: [], connections: [] },
  trigger: null,
  context: null,
  startsAt: null,
  deadline: null,
  permits: null,
  priority: 0,
  paused: false,
  halted: false,
  firedBy: null,
  userId: '',
  parent: null,
  depth: 0,
  maxRetries: 0,
  retries: 0,
  rewinds: 0,
  tries: new Map(),
  calledOff: new Set(),
  redrives: new Set(),
  instances: new Map(),
  approvals: new Map(),
  signals: new Map(),
  late: new Set(),
  failure: null,
  earlyEnd: null,
  cancellation: null,
  undoables: { count: 0, members: [] },
  unknownEffects: new Set(),
  compensation: null,
  output: null,
  erased: false,
};

export const isOver = ({ status }: Run): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

/** True until the run holds the permits that it needs: nothing of it begins or follows. */
export const awaitsPermits = ({ permits }: Run): boolean =>
  permits !== null && permits.status !== 'held';

/** What a fact says of where it took the run from, when that is neither its beginning nor its going on. */
export const standingMark = ({ paused, permits }: Run): { paused?: true; waiting?: true } => {
  if (paused) return { paused };
  return permits?.status === 'requested' ? { waiting: true } : {};
};

/** How a run is shown to stand. */
export const shownStatus = (run: Run): Exclude<RunStatus, 'unstarted'> | 'paused' => {
  if (run.paused) return 'paused';
  return run.status === 'unstarted' ? 'pending' : run.status;
};

/** True once nothing new may start but undos: the run fails, is cancelled or ends early, and waits for what is running. */
export const isEnding = ({ failure, earlyEnd, cancellation }: Run): boolean =>
  failure !== null || earlyEnd !== null || cancellation !== null;

/** True while an attempt may still bring an outcome that belongs on record. */
export const isUnsettled = (
  state: NodeState,
): state is Extract<NodeState, { status: 'running' | 'in_doubt' | 'awaiting_child' }> =>
  state.status === 'running' || state.status === 'in_doubt' || state.status === 'awaiting_child';

/** True once nothing that the run sealed can be read, also while the fact of it is not on record yet. */
export const isForgotten = ({ erased, keyId, trigger }: Run): boolean =>
  erased || isErasedUnder(keyId, trigger);

export const lateKey = (instanceId: InstanceId, attempt: number): string =>
  `${instanceId}#${attempt}`;

/** True for an attempt that was under way when the run was sent back. */
export const wasCalledOff = (
  { calledOff }: Run,
  instanceId: InstanceId,
  attempt: number,
): boolean => calledOff.size > 0 && calledOff.has(lateKey(instanceId, attempt));

/** The timer by which a retry becomes due. */
export const retryTimerId = (instanceId: InstanceId, attempt: number): string =>
  `retry:${instanceId}#${attempt}`;

/** A run that may still be changed by the one who made it. */
export type Draft = {
  -readonly [Key in keyof Run]: Key extends 'instances' ? Map<InstanceId, NodeState> : Run[Key];
};
export type Fact<Type extends ExecutionEvent['type']> = Extract<
  ExecutionEvent,
  { type: Type }
>['data'];
