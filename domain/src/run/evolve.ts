import type { ApprovalEvent, ExecutionEvent, ExecutionId, Failure, KeyId } from '@studio/contracts';

import { applyApproval } from './approval.ts';
import { dropIterations } from './dropIterations.ts';
import { graphOf } from './graph.ts';
import {
  completeIteration,
  failInside,
  failIteration,
  goOnInside,
  goOnWithRegion,
  startIteration,
  startRegion,
} from './regionFold.ts';
import { type Attempt, type Draft, type Fact, lateKey, type NodeState, type Run } from './run.ts';

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

/** The attempt that an instance is at. */
const attemptAt = (state: NodeState | undefined): number =>
  state && 'attempt' in state ? state.attempt : 1;

const generationOf = (state: NodeState | undefined): number =>
  state && 'generation' in state ? state.generation : 0;

/** What a failure keeps of an attempt whose outcome stays unknown. */
const doubtOf = (state: NodeState | undefined, { code }: Failure): Attempt | null =>
  state?.status === 'in_doubt' && code === 'node.outcome_unknown' ? attemptIn(state) : null;

/** What a failure means for what is around the node. */
const settleFailure = (run: Draft, { instanceId, error, next }: Fact<'NodeFailed'>): void => {
  if (next === 'fail_region') failInside(run, { instanceId, error });
  if (next === 'fail_run' && !run.earlyEnd) run.failure ??= { instanceId, error };
};

const failNode = (run: Draft, data: Fact<'NodeFailed'>): void => {
  const { nodeId, instanceId, attempt, error, next } = data;
  if (next === 'retry') return; // NodeRetryScheduled follows in the same append
  const state = run.instances.get(instanceId);
  const handled = next === 'error_output';
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'failed', attempt, error, handled },
    ...{ generation: generationOf(state), doubt: doubtOf(state, error) },
    ...(state?.status === 'in_region' && !handled ? { loop: state.loop } : {}),
  });
  if (state?.status === 'in_region' && handled) dropIterations(run, instanceId, state.loop);
  settleFailure(run, data);
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
  const attempt = attemptAt(state);
  if (state?.status === 'awaiting_approval') {
    const { generation, requestedAt } = state; // its deadline had lapsed
    run.instances.set(instanceId, {
      ...{ nodeId, at, status: 'awaiting_approval', attempt, generation, requestedAt },
    });
  } else run.instances.set(instanceId, { nodeId, at, status: 'waiting', attempt, timerId, dueAt });
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
  else run.instances.set(instanceId, { nodeId, at, status: 'fired', attempt: attemptAt(state) });
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
  state: NodeState | undefined,
): state is Extract<NodeState, { status: 'waiting' | 'retrying' | 'awaiting_approval' }> =>
  state?.status === 'waiting' ||
  state?.status === 'retrying' ||
  state?.status === 'awaiting_approval';

const letTimersLapse = (run: Draft): void => {
  for (const [instanceId, state] of run.instances)
    if (mayLapse(state)) run.instances.set(instanceId, { ...state, lapsed: true });
};

/** What failed inside of regions goes on there, and they with it. */
const goOnWithRegions = (run: Draft, data: Fact<'WorkflowRetried'>): void => {
  const { reopened, inDoubt, continued = [] } = data;
  for (const region of continued) goOnWithRegion(run, region);
  for (const { instanceId } of [...reopened, ...inDoubt, ...continued]) goOnInside(run, instanceId);
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
  goOnWithRegions(run, data);
  letTimersLapse(run);
};

/** Nothing waits for the timer any more; it would have to be set again. */
const cancelTimer = (run: Draft, { instanceId }: Fact<'TimerCancelled'>): void => {
  const state = run.instances.get(instanceId);
  if (mayLapse(state)) run.instances.set(instanceId, { ...state, lapsed: true });
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
    case 'TimerCancelled':
      cancelTimer(run, event.data);
      return;
    case 'RegionStarted':
      startRegion(run, event.data);
      return;
    case 'IterationStarted':
      startIteration(run, event.data);
      return;
    case 'IterationCompleted':
      completeIteration(run, event.data);
      return;
    case 'IterationFailed':
      failIteration(run, event.data);
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
