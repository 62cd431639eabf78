import { type ExecutionEvent, isUndo, type RecordedEvent } from '@studio/contracts';
import {
  add,
  executionNamesTable,
  executionsTable,
  executionTotalsTable,
  insert,
  nodeExecutionsTable,
  patch,
  patchAll,
  type RowChange,
} from '@studio/infra';

import {
  approvalEnded,
  approvalEscalated,
  approvalRequested,
  childStarted,
  executionIdOf,
  type Fact,
  innerCalledOff,
  modelTurnCompleted,
  nodeCancelled,
  nodeCompleted,
  nodeFailed,
  nodeInDoubt,
  nodeProgressed,
  nodeReopened,
  nodeRewound,
  nodeSkipped,
  nodeStandsAgain,
  nodeStarted,
  regionStarted,
  retryScheduled,
  signalAwaited,
  timerOver,
  timerSet,
} from './nodeRows.ts';
import { projection } from './projection.ts';
import { sealedColumn } from './sealedColumn.ts';
import { waitsForPermit } from './waitsForPermit.ts';

type RunColumns = Parameters<typeof patch<typeof executionsTable.columns>>[1];
interface Instance {
  readonly nodeId: string;
  readonly instanceId: string;
}
interface Marked {
  readonly data: { readonly paused?: true | undefined; readonly waiting?: true | undefined };
}
type RunFact = Pick<RecordedEvent, 'stream' | 'revision' | 'metadata'>;

/** What every fact says of its run. */
const seen = (event: RunFact, columns: RunColumns = {}): RowChange =>
  patch(executionsTable, {
    id: executionIdOf(event),
    revision: event.revision,
    updated_at: event.metadata.occurredAt,
    ...columns,
  });

/** The fact that follows WorkflowStarted is the one by which a pending run begins to run. */
const begins = ({ revision }: RunFact): boolean => revision === 1;

const countRun = (event: RunFact, status: string, by: 1 | -1): RowChange =>
  add(
    executionTotalsTable,
    { workspace_id: event.metadata.workspaceId, dimension: 'status', value: status },
    { runs: by },
  );

const moves = (event: RunFact, status: string): RowChange[] => [
  countRun(event, begins(event) ? 'pending' : 'running', -1),
  countRun(event, status, 1),
];

/** Where a run stood that is neither about to begin nor going on. */
const stoodAs = ({ paused, waiting }: Marked['data']): string | null => {
  if (paused) return 'paused';
  return waiting ? 'pending' : null;
};

/** A run that ends by a person or by its deadline may be paused, or wait for its permits. */
const endedFrom = (
  event: RunFact & Marked,
  status: string,
  columns: RunColumns = {},
): RowChange[] => {
  const from = stoodAs(event.data);
  if (from === null) return ended(event, status, columns);
  return [
    seen(event, { ...columns, status, completed_at: event.metadata.occurredAt }),
    ...turns(event, from, status),
  ];
};

const turns = (event: RunFact, from: string, to: string): RowChange[] => [
  countRun(event, from, -1),
  countRun(event, to, 1),
];

/** A run that is paused before its first step has begun with that. */
const paused = (event: Fact<'WorkflowPaused'>): RowChange[] => [
  ...(event.data.waiting ? [] : goesOn(event)),
  seen(event, { status: 'paused', waits_for_permit: null }),
  ...turns(event, event.data.waiting ? 'pending' : 'running', 'paused'),
];

const resumed = (event: Fact<'WorkflowResumed'>): RowChange[] => [
  seen(event, { status: 'running' }),
  ...turns(event, 'paused', 'running'),
];

/** One that began before, because its time had come or by a retry, is pending again. */
const permitsRequested = (event: Fact<'PermitsRequested'>): RowChange[] => {
  const waits_for_permit = waitsForPermit(event.data.permits);
  return [
    seen(event, { status: 'pending', waits_for_permit }),
    ...(begins(event) ? [] : turns(event, 'running', 'pending')),
  ];
};

const permitsGranted = (event: Fact<'PermitsGranted'>): RowChange[] => [
  seen(event, {
    ...{ status: 'running', waits_for_permit: null },
    ...(event.data.begins ? { started_at: event.metadata.occurredAt } : {}),
  }),
  ...turns(event, 'pending', 'running'),
];

/** What the run did is undone before it is cancelled: for that it goes on, also where it stood still. */
const cancellationRequested = (event: Fact<'WorkflowCancellationRequested'>): RowChange[] => {
  const from = stoodAs(event.data);
  return [
    seen(event, { status: 'running', waits_for_permit: null, compensation: 'under_way' }),
    ...(from === null ? [] : turns(event, from, 'running')),
  ];
};

const compensated = ({ data }: Fact<'WorkflowCancelled' | 'WorkflowFailed'>): RunColumns => ({
  compensation: data.compensation ?? null,
});

const goesOn = (event: RunFact): RowChange[] =>
  begins(event)
    ? [
        seen(event, { status: 'running', started_at: event.metadata.occurredAt }),
        ...moves(event, 'running'),
      ]
    : [seen(event)];

/** What stands in a region counts with it: its nodes come to be any number of times. An undo is no node of the workflow. */
const isCounted = ({ nodeId, instanceId }: Instance): boolean =>
  nodeId === instanceId && !isUndo(nodeId);

const counted = (
  event: RunFact & { data: Instance },
  counts: { completed_nodes?: 1; failed_nodes?: 1 },
): RowChange[] =>
  isCounted(event.data) ? [add(executionsTable, { id: executionIdOf(event) }, counts)] : [];

const addToNode = (
  event: RunFact & { data: { instanceId: string } },
  counts: Parameters<typeof add<typeof nodeExecutionsTable.columns>>[2],
): RowChange =>
  add(
    nodeExecutionsTable,
    { execution_id: executionIdOf(event), instance_id: event.data.instanceId },
    counts,
  );

const ended = (event: RunFact, status: string, columns: RunColumns = {}): RowChange[] => [
  seen(event, {
    ...columns,
    status,
    completed_at: event.metadata.occurredAt,
  }),
  ...moves(event, status),
];

const started = (event: Fact<'WorkflowStarted'>): RowChange[] => [
  insert(executionsTable, {
    id: event.data.executionId,
    workspace_id: event.metadata.workspaceId,
    workflow_id: event.data.workflowId,
    workflow_version: event.data.workflowVersion,
    workflow_name: event.data.workflowName,
    user_id: event.data.userId,
    status: 'pending',
    trigger_type: event.data.triggerType,
    names: event.data.named ? sealedColumn(event, 'named', 'names') : null,
    trigger: sealedColumn(event, 'trigger'),
    context: sealedColumn(event, 'context'),
    definition_hash: event.data.definitionHash,
    definition_revision: event.revision,
    parent_execution_id: event.data.parent?.executionId ?? null,
    rerun_of: event.data.rerunOf ?? null,
    priority: event.data.priority,
    max_retries: event.data.maxRetries,
    retry_count: 0,
    scheduled_at: event.data.scheduledAt ?? null,
    total_nodes: event.data.totalNodes,
    erased: false,
    revision: event.revision,
    created_at: event.metadata.occurredAt,
    updated_at: event.metadata.occurredAt,
  }),
  ...(event.data.named?.hashes ?? []).map((hash, number) =>
    insert(executionNamesTable, { execution_id: event.data.executionId, number, hash }),
  ),
  countRun(event, 'pending', 1),
  add(
    executionTotalsTable,
    {
      workspace_id: event.metadata.workspaceId,
      dimension: 'workflow',
      value: event.data.workflowId,
    },
    { runs: 1 },
  ),
];

/** What is on record of its nodes stays as it is. */
const migrated = (event: Fact<'WorkflowMigrated'>): RowChange[] => [
  ...goesOn(event),
  seen(event, {
    ...{ workflow_version: event.data.toVersion, total_nodes: event.data.totalNodes },
    definition_hash: event.data.definitionHash,
    definition_revision: event.revision,
  }),
];

/** What the failure said of the run and of its nodes is taken back. */
const retried = (event: Fact<'WorkflowRetried'>): RowChange[] => {
  const { retry, reopened, inDoubt, continued = [] } = event.data;
  const failed = [...reopened, ...inDoubt, ...continued].filter(isCounted);
  return [
    seen(event, {
      ...{ status: 'running', retry_count: retry, completed_at: null },
      ...{ error_code: null, error_message: null, error_instance_id: null },
    }),
    countRun(event, 'failed', -1),
    countRun(event, 'running', 1),
    add(executionsTable, { id: executionIdOf(event) }, { failed_nodes: -failed.length }),
    ...reopened.flatMap(({ instanceId }) => [
      nodeStandsAgain(event, instanceId, 'pending'),
      add(
        nodeExecutionsTable,
        { execution_id: executionIdOf(event), instance_id: instanceId },
        { retry_count: 1 },
      ),
    ]),
    ...inDoubt.map(({ instanceId }) => nodeStandsAgain(event, instanceId, 'in_doubt')),
    ...continued.map(({ instanceId }) => nodeStandsAgain(event, instanceId, 'running')),
  ];
};

/** For the rows too the nodes have not happened; what stood in iterations is called off with them. */
const rewound = (event: Fact<'WorkflowRewound'>): RowChange[] => {
  const { nodeIds, completed, failed, unfinished } = event.data;
  const counts = { completed_nodes: -completed, failed_nodes: -failed };
  return [
    seen(event),
    add(executionsTable, { id: executionIdOf(event) }, counts),
    ...nodeIds.map((nodeId) => nodeRewound(event, nodeId)),
    ...unfinished.map((instanceId) => innerCalledOff(event, instanceId)),
  ];
};

const erased = (event: Fact<'DataErased'>): RowChange[] => [
  ...(event.data.cancelled ? endedFrom(event, 'cancelled') : []),
  seen(event, {
    ...{ erased: true, names: null, trigger: null, context: null },
    ...{ output: null, error_message: null },
  }),
  patchAll(executionNamesTable, { execution_id: event.data.executionId }, { hash: null }),
  patchAll(
    nodeExecutionsTable,
    { execution_id: event.data.executionId },
    {
      ...{ input: null, output: null, error_message: null, agent_response: null },
      progress_message: null,
    },
  ),
];

/** One that is held has not failed until a person says so. */
const failureCounts = (event: Fact<'NodeFailed'>): RowChange[] => {
  const { next } = event.data;
  if (next === 'hold') return [];
  if (next === 'retry') return [addToNode(event, { retry_count: 1 })];
  return counted(event, { failed_nodes: 1 });
};

type Handlers = {
  readonly [Type in ExecutionEvent['type']]: (event: Fact<Type>) => readonly RowChange[];
};

const on: Handlers = {
  WorkflowStarted: started,
  StartTimeReached: goesOn,
  PermitsRequested: permitsRequested,
  PermitsGranted: permitsGranted,
  NodeStarted: (event) => [...goesOn(event), nodeStarted(event)],
  NodeProgressed: (event) => [seen(event), nodeProgressed(event)],
  ModelTurnCompleted: (event) => [
    ...goesOn(event),
    modelTurnCompleted(event),
    addToNode(event, {
      tokens_used: event.data.inputTokens + event.data.outputTokens,
      cost_micro_usd: event.data.costMicroUsd ?? 0,
    }),
  ],
  NodeCompleted: (event) => [
    ...goesOn(event),
    nodeCompleted(event),
    ...counted(event, { completed_nodes: 1 }),
  ],
  NodeFailed: (event) => [...goesOn(event), nodeFailed(event), ...failureCounts(event)],
  NodeReopened: (event) => [
    ...goesOn(event),
    nodeReopened(event),
    addToNode(event, { retry_count: 1 }),
  ],
  NodeRetryScheduled: (event) => [...goesOn(event), retryScheduled(event)],
  NodeSkipped: (event) => [...goesOn(event), nodeSkipped(event)],
  NodeCancelled: (event) => [...goesOn(event), nodeCancelled(event)],
  NodeInDoubt: (event) => [...goesOn(event), nodeInDoubt(event)],
  LateOutcomeRecorded: (event) => [seen(event)],
  ApprovalRequested: (event) => [...goesOn(event), approvalRequested(event)],
  ApprovalEscalated: (event) => [seen(event), approvalEscalated(event)],
  ApprovalVoted: (event) => [seen(event)],
  ApprovalGranted: (event) => [seen(event), approvalEnded(event)],
  ApprovalRejected: (event) => [seen(event), approvalEnded(event)],
  ApprovalSentBack: (event) => [seen(event)],
  ApprovalExpired: (event) => [seen(event), approvalEnded(event)],
  ChildStarted: (event) => [...goesOn(event), childStarted(event)],
  ChildEnded: (event) => [seen(event)],
  SignalReceived: goesOn,
  SignalAwaited: (event) => [...goesOn(event), signalAwaited(event)],
  SignalDeclined: goesOn,
  SignalTaken: goesOn,
  TimerSet: (event) => [...goesOn(event), timerSet(event)],
  TimerFired: (event) => [...goesOn(event), timerOver(event)],
  WorkflowPaused: paused,
  WorkflowResumed: resumed,
  TimerCancelled: (event) => [...goesOn(event), timerOver(event)],
  RegionStarted: (event) => [...goesOn(event), regionStarted(event)],
  IterationStarted: goesOn,
  IterationCompleted: goesOn,
  IterationFailed: goesOn,
  WorkflowDeadlineExceeded: goesOn,
  WorkflowCancellationRequested: cancellationRequested,
  CompensationStarted: (event) => [seen(event, { compensation: 'under_way' })],
  CompensationEnded: (event) => [seen(event)],
  WorkflowCancelled: (event) => endedFrom(event, 'cancelled', compensated(event)),
  WorkflowCompleted: (event) =>
    ended(event, 'completed', { output: sealedColumn(event, 'output') }),
  WorkflowFailed: (event) =>
    endedFrom(event, 'failed', {
      error_code: event.data.code,
      error_message: sealedColumn(event, 'message'),
      error_instance_id: event.data.instanceId,
      ...compensated(event),
    }),
  WorkflowRetried: retried,
  WorkflowRewound: rewound,
  WorkflowMigrated: migrated,
  DataErased: erased,
};

/** Answers: which runs are there, how does each stand, and what did each of its nodes do? */
export const executions = projection({
  name: 'executions',
  version: 10,
  tables: [executionsTable, executionNamesTable, nodeExecutionsTable, executionTotalsTable],
  on,
});
