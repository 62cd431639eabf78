import type {
  ExecutionId,
  IndexChanges,
  OpenedRun,
  PausedBy,
  RecordedEvent,
} from '@studio/contracts';
import { parseStream } from '@studio/contracts';
import { approvalTimer, deadlineTimer, retryTimerId, startTimerId } from '@studio/domain';

import { childTypes, createChildFold } from './childChanges.ts';
import { createEventFiringFold, eventTriggerTypes } from './eventFiringChanges.ts';
import { createHaltFold, haltTypes } from './haltChanges.ts';
import { createPermitFold, permitTypes } from './permitChanges.ts';
import { createScheduleFold, scheduleTypes } from './scheduleChanges.ts';

/** Net changes to the engine's index, folded over as many events as there are before a write. */
export interface IndexFold {
  add(event: RecordedEvent): void;
  changes(): IndexChanges;
}

const timerKey = (executionId: ExecutionId, timerId: string): string => `${executionId} ${timerId}`;

const endings = new Set<RecordedEvent['type']>([
  'WorkflowCompleted',
  'WorkflowFailed',
  'WorkflowCancelled',
]);

const endsRun = (event: RecordedEvent): boolean =>
  endings.has(event.type) || (event.type === 'DataErased' && event.data.cancelled === true);

const givesUpChildren = new Set<RecordedEvent['type']>([
  'WorkflowCancellationRequested',
  'CompensationStarted',
]);

/** Nothing that waits for a time goes on any more: the run fails, or is cancelled once what it did is undone. */
const isEnding = (event: RecordedEvent): boolean =>
  givesUpChildren.has(event.type) ||
  event.type === 'WorkflowDeadlineExceeded' ||
  (event.type === 'NodeFailed' && event.data.next === 'fail_run');

type Opening = Extract<RecordedEvent, { type: 'WorkflowStarted' | 'WorkflowRetried' }>;

type ApprovalEnd = Extract<
  RecordedEvent,
  { type: 'ApprovalGranted' | 'ApprovalRejected' | 'ApprovalExpired' }
>;

const endsApproval = (event: RecordedEvent): event is ApprovalEnd =>
  event.type === 'ApprovalGranted' ||
  event.type === 'ApprovalRejected' ||
  event.type === 'ApprovalExpired';

/** The events that a row of the index comes from. */
export const indexedTypes: readonly RecordedEvent['type'][] = [
  'WorkflowStarted',
  'StartTimeReached',
  'WorkflowRetried',
  'TimerSet',
  'NodeRetryScheduled',
  'TimerFired',
  'TimerCancelled',
  'NodeFailed',
  'ApprovalRequested',
  'ApprovalEscalated',
  'ApprovalGranted',
  'ApprovalRejected',
  'ApprovalExpired',
  'DataErased',
  ...endings,
  ...givesUpChildren,
  'WorkflowDeadlineExceeded',
  'WorkflowPaused',
  'WorkflowResumed',
  ...permitTypes,
  ...childTypes,
  ...scheduleTypes,
  ...eventTriggerTypes,
  ...haltTypes,
];

export const createIndexFold = (): IndexFold => {
  /** Runs that begin here: the index knows nothing of them. */
  const begun = new Set<ExecutionId>();
  const opened = new Map<ExecutionId, OpenedRun>();
  const paused = new Map<ExecutionId, PausedBy | null>();
  const schedules = createScheduleFold();
  const halts = createHaltFold();
  const permits = createPermitFold();
  const children = createChildFold();
  const events = createEventFiringFold();
  const ended = new Set<ExecutionId>();
  const erased = new Set<ExecutionId>();
  const failing = new Set<ExecutionId>();
  const set = new Map<string, { executionId: ExecutionId; timerId: string; dueAt: string }>();
  const gone = new Map<string, { executionId: ExecutionId; timerId: string }>();

  const setTimer = (executionId: ExecutionId, timerId: string, dueAt: string): void => {
    set.set(timerKey(executionId, timerId), { executionId, timerId, dueAt });
    gone.delete(timerKey(executionId, timerId));
  };
  const dropTimer = (executionId: ExecutionId, timerId: string): void => {
    set.delete(timerKey(executionId, timerId));
    gone.set(timerKey(executionId, timerId), { executionId, timerId });
  };
  const dropTimers = (executionId: ExecutionId): void => {
    for (const [key, timer] of set) if (timer.executionId === executionId) set.delete(key);
  };
  const fail = (executionId: ExecutionId): void => {
    failing.add(executionId);
    dropTimers(executionId);
  };
  /** It goes on only to undo what it did. */
  const giveUp = (executionId: ExecutionId, event: RecordedEvent): void => {
    fail(executionId);
    if (event.type === 'WorkflowCancellationRequested') pause(executionId, null);
    // A failing run still waits for its children, until it undoes what it did.
    if (givesUpChildren.has(event.type)) children.giveUp(executionId);
  };
  const end = (executionId: ExecutionId): void => {
    opened.delete(executionId);
    paused.delete(executionId);
    if (!begun.has(executionId)) ended.add(executionId);
    dropTimers(executionId);
    permits.drop(executionId);
    children.end(executionId);
  };
  const open = (
    executionId: ExecutionId,
    { data, metadata, position: openedAt }: Opening,
  ): void => {
    const firedBy = 'firedBy' in data ? data.firedBy : undefined;
    const scheduleId = firedBy?.by === 'schedule' ? firedBy.scheduleId : null;
    const { workflowId = null } = data;
    const { workspaceId } = metadata;
    opened.set(executionId, {
      ...{ executionId, openedAt, scheduleId, workflowId, workspaceId, pausedBy: null },
    });
    ended.delete(executionId);
  };
  const applyRunDeadline = (executionId: ExecutionId, { data }: Opening): void => {
    const retries = 'retry' in data ? data.retry : 0;
    if (data.deadline) setTimer(executionId, deadlineTimer(retries), data.deadline.dueAt);
  };
  const pause = (executionId: ExecutionId, pausedBy: PausedBy | null): void => {
    const fresh = opened.get(executionId);
    if (fresh) opened.set(executionId, { ...fresh, pausedBy });
    else paused.set(executionId, pausedBy);
  };
  const applyDeadline = (executionId: ExecutionId, event: RecordedEvent): void => {
    if (event.type === 'ApprovalRequested') {
      const { deadline } = event.data;
      if (deadline) setTimer(executionId, approvalTimer(event.revision, false), deadline.dueAt);
    } else if (event.type === 'ApprovalEscalated') {
      const { requestedAt, dueAt } = event.data;
      dropTimer(executionId, approvalTimer(requestedAt, false));
      setTimer(executionId, approvalTimer(requestedAt, true), dueAt);
    } else if (endsApproval(event))
      for (const escalated of [false, true])
        dropTimer(executionId, approvalTimer(event.data.requestedAt, escalated));
  };
  const applyTimer = (executionId: ExecutionId, event: RecordedEvent): void => {
    if (event.type === 'TimerSet') setTimer(executionId, event.data.timerId, event.data.dueAt);
    else if (event.type === 'NodeRetryScheduled') {
      const { instanceId, attempt, dueAt } = event.data;
      setTimer(executionId, retryTimerId(instanceId, attempt), dueAt);
    } else if (event.type === 'TimerFired' || event.type === 'TimerCancelled')
      dropTimer(executionId, event.data.timerId);
    else if (event.type === 'StartTimeReached') dropTimer(executionId, startTimerId);
    else applyDeadline(executionId, event);
  };
  const applyStanding = (executionId: ExecutionId, event: RecordedEvent): void => {
    if (event.type === 'WorkflowPaused') pause(executionId, event.data.halted ? 'halt' : 'person');
    else if (event.type === 'WorkflowResumed') pause(executionId, null);
    else applyTimer(executionId, event);
  };
  const apply = (executionId: ExecutionId, event: RecordedEvent): void => {
    if (event.type === 'WorkflowStarted') {
      begun.add(executionId);
      const { scheduledAt } = event.data;
      open(executionId, event);
      children.begin(executionId, event);
      if (scheduledAt !== undefined) setTimer(executionId, startTimerId, scheduledAt);
      applyRunDeadline(executionId, event);
    } else if (event.type === 'WorkflowRetried') {
      open(executionId, event);
      children.reopen(executionId);
      applyRunDeadline(executionId, event);
    } else if (isEnding(event)) giveUp(executionId, event);
    else if (endsRun(event)) end(executionId);
    else applyStanding(executionId, event);
  };

  return {
    add: (event) => {
      schedules.add(event);
      halts.add(event);
      events.add(event);
      const parsed = parseStream(event.stream);
      if (parsed?.category !== 'execution') return;
      const executionId = parsed.id as ExecutionId; // the category says so
      if (event.type === 'DataErased') erased.add(executionId);
      permits.add(executionId, event);
      children.add(event);
      apply(executionId, event);
    },
    changes: () => ({
      opened: [...opened.values()],
      paused: [...paused].map(([executionId, by]) => ({ executionId, by })),
      ...schedules.changes(),
      ...halts.changes(),
      permits: permits.changes(),
      children: children.changes(),
      events: events.changes(),
      ended: [...ended],
      erased: [...erased],
      failing: [...failing],
      timersSet: [...set.values()],
      timersGone: [...gone.values()],
    }),
  };
};
