import {
  type ApprovalEvent,
  type Definition,
  type Effect,
  type ExecutionEvent,
  type ExecutionId,
  type Failure,
  type InstanceId,
  isErasedUnder,
  type KeyId,
  type NodeId,
} from '@studio/contracts';

import { applyApproval, type Approvals } from './approval.ts';
import { graphOf } from './graph.ts';

interface Attempt {
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
  | ({ readonly status: 'retrying'; readonly dueAt: string } & Lapsing & Attempt)
  /** The wait is over: the attempt may start. */
  | ({ readonly status: 'due' } & Attempt)
  /** A person's retry: the attempt may start, its settings evaluated anew. */
  | { readonly status: 'reopened'; readonly attempt: number; readonly generation: number }
  /** People are asked, by the fact with the revision `requestedAt`. */
  | ({
      readonly status: 'awaiting_approval';
      readonly attempt: number;
      readonly generation: number;
      readonly requestedAt: number;
    } & Lapsing)
  | ({ readonly status: 'waiting'; readonly timerId: string; readonly dueAt: string } & Lapsing)
  | { readonly status: 'fired' }
  | {
      readonly status: 'completed';
      readonly attempt: number;
      readonly handle: string;
      readonly output: unknown;
    }
  | {
      readonly status: 'failed';
      readonly attempt: number;
      readonly generation: number;
      readonly error: Failure;
      readonly handled: boolean;
      /** The attempt whose outcome nobody knows, when the node failed for that. */
      readonly doubt: Attempt | null;
    }
  | { readonly status: 'skipped' }
  | { readonly status: 'cancelled'; readonly attempt: number }
);

export type RunStatus = 'unstarted' | 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** One run, folded from its stream and from nothing else. */
export interface Run {
  readonly status: RunStatus;
  /** Revision of the last fact folded; -1 before the first. */
  readonly revision: number;
  readonly executionId: ExecutionId;
  readonly workflowId: string;
  readonly keyId: KeyId;
  readonly definition: Definition;
  readonly trigger: unknown;
  readonly context: unknown;
  /** The instant that the run waits for before it begins; null once it has come, and where there is none. */
  readonly startsAt: string | null;
  /** A person has it stand still: nothing new begins, and what follows by itself waits. */
  readonly paused: boolean;
  /** The trigger node that started the run; null where a person or a delivery did. */
  readonly firedBy: NodeId | null;
  readonly maxRetries: number;
  /** How often a person has had the run go on. */
  readonly retries: number;
  readonly instances: ReadonlyMap<InstanceId, NodeState>;
  /** What was asked of people, and what they said. */
  readonly approvals: Approvals;
  /** `instance#attempt` of answers that came too late and are on record. */
  readonly late: ReadonlySet<string>;
  /** Set once a failure ends the run: nothing new starts. */
  readonly failure: { readonly instanceId: InstanceId; readonly error: Failure } | null;
  /** Set once an `end` node was reached: nothing new starts, and the run ends with this output. */
  readonly earlyEnd: { readonly instanceId: InstanceId; readonly output: unknown } | null;
  readonly output: unknown;
  readonly erased: boolean;
}

export const initialRun: Run = {
  status: 'unstarted',
  revision: -1,
  executionId: '' as ExecutionId, // none yet: WorkflowStarted brings it
  workflowId: '',
  keyId: '' as KeyId, // none yet: WorkflowStarted brings it
  definition: { nodes: [], connections: [] },
  trigger: null,
  context: null,
  startsAt: null,
  paused: false,
  firedBy: null,
  maxRetries: 0,
  retries: 0,
  instances: new Map(),
  approvals: new Map(),
  late: new Set(),
  failure: null,
  earlyEnd: null,
  output: null,
  erased: false,
};

export const isOver = ({ status }: Run): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

/** How a run is shown to stand. */
export const shownStatus = (run: Run): Exclude<RunStatus, 'unstarted'> | 'paused' => {
  if (run.paused) return 'paused';
  return run.status === 'unstarted' ? 'pending' : run.status;
};

/** True once nothing new may start: the run fails or ends early, and waits only for what is running. */
export const isEnding = ({ failure, earlyEnd }: Run): boolean =>
  failure !== null || earlyEnd !== null;

/** True once nothing that the run sealed can be read, also while the fact of it is not on record yet. */
export const isForgotten = ({ erased, keyId, trigger }: Run): boolean =>
  erased || isErasedUnder(keyId, trigger);

export const lateKey = (instanceId: InstanceId, attempt: number): string =>
  `${instanceId}#${attempt}`;

/** The timer by which a retry becomes due. */
export const retryTimerId = (instanceId: InstanceId, attempt: number): string =>
  `retry:${instanceId}#${attempt}`;

/** A run that may still be changed by the one who made it. */
export type Draft = {
  -readonly [Key in keyof Run]: Key extends 'instances' ? Map<InstanceId, NodeState> : Run[Key];
};
type Fact<Type extends ExecutionEvent['type']> = Extract<ExecutionEvent, { type: Type }>['data'];

const attemptIn = (state: Attempt): Attempt => {
  const { attempt, generation, failures, input, idempotencyKey, effect } = state;
  return { attempt, generation, failures, input, idempotencyKey, effect };
};

const attemptOf = (state: NodeState | undefined): Attempt | null =>
  state && 'idempotencyKey' in state ? state : null;

const start = (run: Draft, data: Fact<'WorkflowStarted'>): void => {
  run.status = 'pending';
  run.executionId = data.executionId as ExecutionId; // the log holds the id as plain text
  run.workflowId = data.workflowId;
  run.keyId = data.keyId as KeyId; // the log holds the id as plain text
  run.definition = data.definition;
  run.trigger = data.trigger;
  run.context = data.context;
  run.startsAt = data.scheduledAt ?? null;
  run.firedBy = data.firedBy?.nodeId ?? null;
  run.maxRetries = data.maxRetries;
};

const startNode = (run: Draft, data: Fact<'NodeStarted'>): void => {
  const { nodeId, attempt, generation, epoch, effect, idempotencyKey, input } = data;
  const failures = attemptOf(run.instances.get(data.instanceId))?.failures ?? 0;
  const at = run.revision;
  run.instances.set(data.instanceId, {
    ...{ nodeId, at, status: 'running', attempt, generation },
    ...{ failures, epoch, effect, idempotencyKey, input },
  });
};

const completeNode = (run: Draft, data: Fact<'NodeCompleted'>): void => {
  const { nodeId, instanceId, attempt, handle, output } = data;
  const at = run.revision;
  run.instances.set(instanceId, { nodeId, at, status: 'completed', attempt, handle, output });
  if (graphOf(run.definition).nodes.get(nodeId)?.kind === 'end@1')
    run.earlyEnd ??= { instanceId, output };
};

const generationOf = (state: NodeState | undefined): number =>
  state && 'generation' in state ? state.generation : 0;

/** What a failure keeps of an attempt whose outcome stays unknown. */
const doubtOf = (state: NodeState | undefined, { code }: Failure): Attempt | null =>
  state?.status === 'in_doubt' && code === 'node.outcome_unknown' ? attemptIn(state) : null;

const failNode = (run: Draft, data: Fact<'NodeFailed'>): void => {
  const { nodeId, instanceId, attempt, error, next } = data;
  if (next === 'retry') return; // NodeRetryScheduled follows in the same append
  const state = run.instances.get(instanceId);
  const handled = next === 'error_output';
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'failed', attempt, error, handled },
    ...{ generation: generationOf(state), doubt: doubtOf(state, error) },
  });
  if (!handled && !run.earlyEnd) run.failure ??= { instanceId, error };
};

const scheduleRetry = (run: Draft, data: Fact<'NodeRetryScheduled'>): void => {
  const last = attemptOf(run.instances.get(data.instanceId));
  if (!last) return;
  const byPerson = data.generation > last.generation;
  const setAgain = data.attempt === last.attempt; // it had lapsed
  const failures = setAgain ? last.failures : last.failures + 1;
  run.instances.set(data.instanceId, {
    ...{ nodeId: data.nodeId, at: run.revision, status: 'retrying', attempt: data.attempt },
    ...{ generation: data.generation, failures: byPerson ? 0 : failures },
    ...{ input: last.input, idempotencyKey: last.idempotencyKey, effect: last.effect },
    dueAt: data.dueAt,
  });
};

const setTimer = (run: Draft, { nodeId, instanceId, timerId, dueAt }: Fact<'TimerSet'>): void => {
  const state = run.instances.get(instanceId);
  const at = run.revision;
  if (state?.status === 'awaiting_approval') {
    const { attempt, generation, requestedAt } = state; // its deadline had lapsed
    run.instances.set(instanceId, {
      ...{ nodeId, at, status: 'awaiting_approval', attempt, generation, requestedAt },
    });
  } else run.instances.set(instanceId, { nodeId, at, status: 'waiting', timerId, dueAt });
};

const changeApproval = (run: Draft, event: ApprovalEvent): void => {
  const at = run.revision;
  run.approvals = applyApproval(run.approvals, event, at);
  if (event.type !== 'ApprovalRequested') return;
  const { nodeId, instanceId, attempt, generation } = event.data;
  run.instances.set(instanceId, {
    ...{ nodeId, at, status: 'awaiting_approval', attempt, generation, requestedAt: at },
  });
};

const fireTimer = (run: Draft, { instanceId, nodeId }: Fact<'TimerFired'>): void => {
  const state = run.instances.get(instanceId);
  const at = run.revision;
  if (state?.status === 'retrying')
    run.instances.set(instanceId, { nodeId, at, status: 'due', ...attemptIn(state) });
  else run.instances.set(instanceId, { nodeId, at, status: 'fired' });
};

const doubt = (run: Draft, { instanceId }: Fact<'NodeInDoubt'>): void => {
  const state = run.instances.get(instanceId);
  if (state?.status !== 'running') return;
  const { nodeId } = state;
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'in_doubt', ...attemptIn(state) },
  });
};

const mayLapse = (
  state: NodeState,
): state is Extract<NodeState, { status: 'waiting' | 'retrying' | 'awaiting_approval' }> =>
  state.status === 'waiting' || state.status === 'retrying' || state.status === 'awaiting_approval';

const letTimersLapse = (run: Draft): void => {
  for (const [instanceId, state] of run.instances)
    if (mayLapse(state)) run.instances.set(instanceId, { ...state, lapsed: true });
};

/** The run is open again: its failed nodes are as the fact says, its timers have to be set again. */
const retry = (run: Draft, data: Fact<'WorkflowRetried'>): void => {
  const at = run.revision;
  run.status = 'running';
  run.retries = data.retry;
  run.failure = null;
  for (const { nodeId, instanceId, attempt, generation } of data.reopened)
    run.instances.set(instanceId, { nodeId, at, status: 'reopened', attempt, generation });
  for (const { nodeId, instanceId } of data.inDoubt) {
    const state = run.instances.get(instanceId);
    if (state?.status === 'failed' && state.doubt)
      run.instances.set(instanceId, { nodeId, at, status: 'in_doubt', ...state.doubt });
  }
  letTimersLapse(run);
};

const erase = (run: Draft, { cancelled }: Fact<'DataErased'>): void => {
  run.erased = true;
  if (!cancelled) return;
  run.status = 'cancelled';
  run.paused = false;
};

export const draftOf = (run: Run): Draft => ({
  ...run,
  instances: new Map(run.instances),
});

/** Changes the draft by one fact. It never judges: the fact happened. */
export const apply = (run: Draft, event: ExecutionEvent): void => {
  run.revision += 1;
  const at = run.revision;
  if (run.status === 'pending') run.status = 'running';
  switch (event.type) {
    case 'WorkflowStarted':
      start(run, event.data);
      return;
    case 'StartTimeReached':
      run.startsAt = null;
      return;
    case 'NodeStarted':
      startNode(run, event.data);
      return;
    case 'NodeCompleted':
      completeNode(run, event.data);
      return;
    case 'NodeFailed':
      failNode(run, event.data);
      return;
    case 'NodeRetryScheduled':
      scheduleRetry(run, event.data);
      return;
    case 'NodeSkipped':
      run.instances.set(event.data.instanceId, {
        nodeId: event.data.nodeId,
        at,
        status: 'skipped',
      });
      return;
    case 'NodeCancelled': {
      const { nodeId, instanceId, attempt } = event.data;
      run.instances.set(instanceId, { nodeId, at, status: 'cancelled', attempt });
      return;
    }
    case 'NodeInDoubt':
      doubt(run, event.data);
      return;
    case 'TimerSet':
      setTimer(run, event.data);
      return;
    case 'TimerFired':
      fireTimer(run, event.data);
      return;
    case 'LateOutcomeRecorded':
      run.late = new Set(run.late).add(lateKey(event.data.instanceId, event.data.attempt));
      return;
    case 'ApprovalRequested':
    case 'ApprovalEscalated':
    case 'ApprovalVoted':
    case 'ApprovalGranted':
    case 'ApprovalRejected':
    case 'ApprovalExpired':
      changeApproval(run, event);
      return;
    case 'ModelTurnCompleted':
      return;
    case 'WorkflowPaused':
      run.paused = true;
      return;
    case 'WorkflowResumed':
      run.paused = false;
      return;
    case 'WorkflowCancelled':
      run.status = 'cancelled';
      run.paused = false;
      return;
    case 'WorkflowCompleted':
      run.status = 'completed';
      run.output = event.data.output;
      return;
    case 'WorkflowFailed':
      run.status = 'failed';
      return;
    case 'WorkflowRetried':
      retry(run, event.data);
      return;
    case 'DataErased':
      erase(run, event.data);
  }
};

/** The run after these facts. The run given stays as it was. */
export const fold = (run: Run, events: readonly ExecutionEvent[]): Run => {
  const draft = draftOf(run);
  for (const event of events) apply(draft, event);
  return draft;
};

export const evolve = (run: Run, event: ExecutionEvent): Run => fold(run, [event]);
