import type { ApprovalEvent, ExecutionEvent, ExecutionId, KeyId } from '@studio/contracts';

import { applyApproval } from './approval.ts';
import { completeNode, doubt, failNode, reopen, scheduleRetry, startNode } from './attemptFold.ts';
import { startChild } from './childFold.ts';
import { deadlineFailure } from './deadlineFailure.ts';
import { foldMigration } from './migrationFold.ts';
import { foldGrant, foldRequest, giveUpPlace, loseAllPermits, permitsOf } from './permitFold.ts';
import {
  completeIteration,
  failIteration,
  goOnInside,
  goOnWithRegion,
  startIteration,
  startRegion,
} from './regionFold.ts';
import { rewind } from './rewindFold.ts';
import { type Draft, type Fact, lateKey, type Run } from './run.ts';
import { applySignal } from './signals.ts';
import { foldSkip } from './skipFold.ts';
import { cancelTimer, fireTimer, letTimersLapse, setTimer } from './timerFold.ts';
import { noteTry } from './tries.ts';
import {
  beginUndoAnew,
  endCompensation,
  foldUndo,
  requestCancellation,
  startCompensation,
} from './undoFold.ts';

const start = (run: Draft, data: Fact<'WorkflowStarted'>): void => {
  run.status = 'pending';
  run.executionId = data.executionId as ExecutionId; // the log holds the id as plain text
  run.workflowId = data.workflowId;
  run.workflowVersion = data.workflowVersion;
  run.keyId = data.keyId as KeyId; // the log holds the id as plain text
  run.definition = data.definition;
  run.trigger = data.trigger;
  run.context = data.context;
  run.startsAt = data.scheduledAt ?? null;
  run.deadline = data.deadline ?? null;
  run.permits = permitsOf(data);
  run.priority = data.priority;
  run.firedBy = data.firedBy?.nodeId ?? null;
  run.userId = data.userId;
  run.parent = data.parent ?? null;
  run.depth = data.depth ?? 0;
  run.maxRetries = data.maxRetries;
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
  if (data.redriveId !== undefined) run.redrives = new Set(run.redrives).add(data.redriveId);
  run.failure = null;
  run.deadline = data.deadline ?? null;
  for (const { nodeId, instanceId, attempt, generation } of data.reopened)
    run.instances.set(instanceId, { nodeId, at, status: 'reopened', attempt, generation });
  for (const { nodeId, instanceId } of data.inDoubt) {
    const state = run.instances.get(instanceId);
    if (state?.status === 'failed' && state.doubt)
      run.instances.set(instanceId, { nodeId, at, status: 'in_doubt', ...state.doubt });
  }
  goOnWithRegions(run, data);
  letTimersLapse(run);
  loseAllPermits(run);
};

/** It no longer stands still. */
const goOn = (run: Draft): void => {
  run.paused = false;
  run.halted = false;
};

const erase = (run: Draft, { cancelled }: Fact<'DataErased'>): void => {
  run.erased = true;
  if (!cancelled) return;
  run.status = 'cancelled';
  goOn(run);
};

export const draftOf = (run: Run): Draft => ({
  ...run,
  instances: new Map(run.instances),
});

const change = (run: Draft, event: ExecutionEvent): void => {
  const at = run.revision;
  switch (event.type) {
    case 'WorkflowStarted':
      start(run, event.data);
      return;
    case 'StartTimeReached':
      run.startsAt = null;
      return;
    case 'PermitsRequested':
      foldRequest(run, event.data);
      return;
    case 'PermitsGranted':
      foldGrant(run);
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
    case 'NodeReopened':
      reopen(run, event.data);
      return;
    case 'NodeRetryScheduled':
      scheduleRetry(run, event.data);
      return;
    case 'NodeSkipped':
      foldSkip(run, event.data);
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
    case 'ApprovalSentBack':
    case 'ApprovalExpired':
      changeApproval(run, event);
      return;
    case 'SignalReceived':
    case 'SignalAwaited':
    case 'SignalDeclined':
    case 'SignalTaken':
      applySignal(run, event);
      return;
    case 'ChildStarted':
      startChild(run, event.data);
      return;
    case 'NodeProgressed':
    case 'ModelTurnCompleted':
    case 'ChildEnded': // its node's own fact came before it
      return;
    case 'WorkflowPaused':
      run.paused = true;
      run.halted = event.data.halted ?? false;
      giveUpPlace(run);
      return;
    case 'WorkflowResumed':
      goOn(run);
      return;
    case 'WorkflowCancellationRequested':
      requestCancellation(run, event.data);
      return;
    case 'CompensationStarted':
      startCompensation(run, event.data);
      return;
    case 'CompensationEnded':
      endCompensation(run);
      return;
    case 'WorkflowCancelled':
      run.status = 'cancelled';
      goOn(run);
      return;
    case 'WorkflowCompleted':
      run.status = 'completed';
      run.output = event.data.output;
      return;
    case 'WorkflowDeadlineExceeded':
      run.failure ??= { instanceId: null, error: deadlineFailure(event.data) };
      return;
    case 'WorkflowFailed':
      run.status = 'failed';
      run.paused = false;
      return;
    case 'WorkflowRetried':
      retry(run, event.data);
      return;
    case 'WorkflowRewound':
      rewind(run, event.data);
      return;
    case 'WorkflowMigrated':
      foldMigration(run, event.data);
      return;
    case 'DataErased':
      erase(run, event.data);
  }
};

/** Changes the draft by one fact. It never judges: the fact happened. */
export const apply = (run: Draft, event: ExecutionEvent): void => {
  run.revision += 1;
  if (run.status === 'pending' && run.permits?.status !== 'requested') run.status = 'running';
  const undoing = run.compensation?.at;
  foldUndo(run, event);
  noteTry(run, event);
  change(run, event);
  if (run.compensation?.at !== undoing) beginUndoAnew(run);
};

/** The run after these facts. The run given stays as it was. */
export const fold = (run: Run, events: readonly ExecutionEvent[]): Run => {
  const draft = draftOf(run);
  for (const event of events) apply(draft, event);
  return draft;
};

export const evolve = (run: Run, event: ExecutionEvent): Run => fold(run, [event]);
