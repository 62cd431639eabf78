import type { ExecutionEvent, RecordedEvent } from '@studio/contracts';
import { insert, nodeExecutionsTable, patch, type RowChange } from '@studio/infra';

import { sealedColumn } from './sealedColumn.ts';

export type Fact<Type extends ExecutionEvent['type']> = RecordedEvent<
  Extract<ExecutionEvent, { type: Type }>
>;

/** Of these the first fact about an instance decides; later ones keep them. */
const firstOnly = ['first_revision', 'created_at', 'started_at'] as const;

type NodeColumns = Parameters<typeof insert<typeof nodeExecutionsTable.columns>>[1];

export const executionIdOf = ({ stream }: Pick<RecordedEvent, 'stream'>): string =>
  stream.slice('execution-'.length);

type InstanceFact = Pick<RecordedEvent, 'stream' | 'revision' | 'metadata'> & {
  readonly data: { readonly nodeId: string; readonly instanceId: string };
};

/** A pure node's only fact is its outcome, so any fact about an instance may be its first. */
const stands = (event: InstanceFact, columns: NodeColumns): RowChange =>
  insert(
    nodeExecutionsTable,
    {
      execution_id: executionIdOf(event),
      instance_id: event.data.instanceId,
      node_id: event.data.nodeId,
      first_revision: event.revision,
      created_at: event.metadata.occurredAt,
      updated_at: event.metadata.occurredAt,
      ...columns,
    },
    firstOnly,
  );

export const nodeStarted = (event: Fact<'NodeStarted'>): RowChange =>
  stands(event, {
    status: 'running',
    attempt: event.data.attempt,
    started_at: event.metadata.occurredAt,
    input: sealedColumn(event, 'input'),
    ...{ due_at: null, progress: null, progress_message: null },
  });

export const nodeProgressed = (event: Fact<'NodeProgressed'>): RowChange =>
  patch(nodeExecutionsTable, {
    execution_id: executionIdOf(event),
    instance_id: event.data.instanceId,
    progress: JSON.stringify({ fraction: event.data.fraction, at: event.metadata.occurredAt }),
    progress_message: sealedColumn(event, 'message'),
    updated_at: event.metadata.occurredAt,
  });

export const nodeCompleted = (event: Fact<'NodeCompleted'>): RowChange =>
  stands(event, {
    status: 'completed',
    attempt: event.data.attempt,
    handle: event.data.handle,
    started_at: event.metadata.occurredAt,
    completed_at: event.metadata.occurredAt,
    output: sealedColumn(event, 'output'),
    error_code: null,
    error_message: null,
  });

const standsAfterFailure = {
  ...{ retry: 'pending', hold: 'held' },
  ...{ error_output: 'failed', fail_region: 'failed', fail_run: 'failed' },
  go_on: 'failed',
} as const;

export const nodeFailed = (event: Fact<'NodeFailed'>): RowChange => {
  const { attempt, error, next } = event.data;
  const { occurredAt } = event.metadata;
  return stands(event, {
    status: standsAfterFailure[next],
    attempt,
    started_at: occurredAt,
    completed_at: next === 'retry' || next === 'hold' ? null : occurredAt,
    error_code: error.code,
    error_message: sealedColumn(event, 'error', 'message'),
  });
};

/** By a person: with what the run goes on with in its stead. */
export const nodeSkipped = (event: Fact<'NodeSkipped'>): RowChange => {
  const { byPerson } = event.data;
  const skipped = { status: 'skipped', completed_at: event.metadata.occurredAt };
  if (!byPerson) return stands(event, skipped);
  const { attempt, handle } = byPerson;
  const output = sealedColumn(event, 'byPerson', 'output');
  return stands(event, { ...skipped, attempt, handle, output, due_at: null });
};

export const nodeCancelled = (event: Fact<'NodeCancelled'>): RowChange =>
  stands(event, {
    status: 'cancelled',
    attempt: event.data.attempt,
    completed_at: event.metadata.occurredAt,
  });

export const nodeInDoubt = (event: Fact<'NodeInDoubt'>): RowChange =>
  stands(event, { status: 'in_doubt', attempt: event.data.attempt });

const standsUntil = { approval: 'awaiting_approval', signal: 'awaiting_signal' } as const;

/** A delay runs until its timer fires. */
export const timerSet = (event: Fact<'TimerSet'>): RowChange =>
  stands(event, {
    status: event.data.waitsFor ? standsUntil[event.data.waitsFor] : 'running',
    started_at: event.metadata.occurredAt,
    due_at: event.data.dueAt,
  });

export const approvalRequested = (event: Fact<'ApprovalRequested'>): RowChange =>
  stands(event, {
    status: 'awaiting_approval',
    attempt: event.data.attempt,
    started_at: event.metadata.occurredAt,
    due_at: event.data.deadline?.dueAt ?? null,
  });

export const childStarted = (event: Fact<'ChildStarted'>): RowChange =>
  changes(event, {
    status: 'awaiting_child',
    child_execution_id: event.data.childExecutionId,
  });

export const signalAwaited = (event: Fact<'SignalAwaited'>): RowChange =>
  stands(event, {
    status: 'awaiting_signal',
    attempt: event.data.attempt,
    started_at: event.metadata.occurredAt,
  });

/** A region runs until its body has come to its end. */
export const regionStarted = (event: Fact<'RegionStarted'>): RowChange =>
  stands(event, {
    status: 'running',
    attempt: event.data.attempt,
    started_at: event.metadata.occurredAt,
  });

/** A held node that a person has begin anew. */
export const nodeReopened = (event: Fact<'NodeReopened'>): RowChange =>
  stands(event, { status: 'pending', error_code: null, error_message: null });

/** A node whose failure was taken back. */
export const nodeStandsAgain = (
  event: Fact<'WorkflowRetried'>,
  instanceId: string,
  status: 'pending' | 'in_doubt' | 'running',
): RowChange =>
  patch(nodeExecutionsTable, {
    execution_id: executionIdOf(event),
    instance_id: instanceId,
    ...{ status, completed_at: null, error_code: null, error_message: null },
    updated_at: event.metadata.occurredAt,
  });

/** A node that is to happen anew. */
export const nodeRewound = (event: Fact<'WorkflowRewound'>, instanceId: string): RowChange =>
  patch(nodeExecutionsTable, {
    execution_id: executionIdOf(event),
    instance_id: instanceId,
    ...{ status: 'pending', completed_at: null, due_at: null, child_execution_id: null },
    ...{ input: null, output: null, handle: null, error_code: null, error_message: null },
    ...{ progress: null, progress_message: null, agent_response: null },
    updated_at: event.metadata.occurredAt,
  });

/** What was under way in an iteration that is no more. */
export const innerCalledOff = (event: Fact<'WorkflowRewound'>, instanceId: string): RowChange =>
  patch(nodeExecutionsTable, {
    execution_id: executionIdOf(event),
    instance_id: instanceId,
    ...{ status: 'cancelled', completed_at: event.metadata.occurredAt, due_at: null },
    updated_at: event.metadata.occurredAt,
  });

type InstancePatch = Pick<NodeColumns, 'status' | 'due_at' | 'completed_at' | 'child_execution_id'>;

const changes = (event: InstanceFact, columns: InstancePatch): RowChange =>
  patch(nodeExecutionsTable, {
    execution_id: executionIdOf(event),
    instance_id: event.data.instanceId,
    updated_at: event.metadata.occurredAt,
    ...columns,
  });

export const timerOver = (event: Fact<'TimerFired' | 'TimerCancelled'>): RowChange =>
  changes(event, { due_at: null });

export const approvalEscalated = (event: Fact<'ApprovalEscalated'>): RowChange =>
  changes(event, { due_at: event.data.dueAt });

/** What the node goes on by follows as a fact of its own. */
export const approvalEnded = (
  event: Fact<'ApprovalGranted' | 'ApprovalRejected' | 'ApprovalExpired'>,
): RowChange => changes(event, { due_at: null });

export const retryScheduled = (event: Fact<'NodeRetryScheduled'>): RowChange =>
  changes(event, { status: 'pending', due_at: event.data.dueAt, completed_at: null });

export const modelTurnCompleted = (event: Fact<'ModelTurnCompleted'>): RowChange =>
  patch(nodeExecutionsTable, {
    execution_id: executionIdOf(event),
    instance_id: event.data.instanceId,
    model_used: event.data.model,
    simulated: event.data.simulated,
    agent_response: sealedColumn(event, 'answer'),
    updated_at: event.metadata.occurredAt,
  });
