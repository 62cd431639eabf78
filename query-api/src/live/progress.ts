import { type DefinedNode, type ExecutionEvent, isErased, isUndo } from '@studio/contracts';

import { nodeExecutionId } from '../nodeView.ts';
import type { RunFact } from '../runFacts.ts';

/** A message of the compatibility contract that a fact causes; it carries no position. */
export interface Update {
  readonly type: 'execution_update' | 'node_update';
  readonly event: 'status_changed';
  readonly data: Readonly<Record<string, unknown>>;
  readonly timestamp: string;
}

/** What sockets know of one run; changed by its facts in order. */
export interface RunProgress {
  readonly executionId: string;
  revision: number;
  status: string;
  total: number;
  completed: number;
  names: ReadonlyMap<string, string>;
  readonly running: Set<string>;
}

export const newProgress = (executionId: string): RunProgress => ({
  ...{ executionId, revision: -1, status: 'pending', total: 0, completed: 0 },
  ...{ names: new Map(), running: new Set() },
});

type InstanceFact = Extract<RunFact, { data: { instanceId: string; nodeId: string } }>;
type Place = InstanceFact['data'] | DataOf<'WorkflowRetried'>['inDoubt'][number];
type DataOf<Type extends ExecutionEvent['type']> = Extract<ExecutionEvent, { type: Type }>['data'];

const percentage = ({ status, completed, total }: RunProgress): number => {
  if (status === 'completed') return 100;
  return total === 0 ? 0 : Math.min(100, (completed / total) * 100);
};

const executionUpdate = (run: RunProgress, fact: RunFact, currentNode?: string): Update => ({
  type: 'execution_update',
  event: 'status_changed',
  data: {
    execution_id: run.executionId,
    status: run.status,
    progress_percentage: percentage(run),
    completed_nodes: run.completed,
    total_nodes: run.total,
    ...(currentNode === undefined ? {} : { current_node: currentNode }),
  },
  timestamp: fact.metadata.occurredAt,
});

const nodeUpdateAt = (
  run: RunProgress,
  { timestamp, nodeId, instanceId }: Pick<Place, 'nodeId' | 'instanceId'> & { timestamp: string },
  status: string,
  message: string,
): Update => ({
  type: 'node_update',
  event: 'status_changed',
  data: {
    execution_id: run.executionId,
    node_execution_id: nodeExecutionId(run.executionId, instanceId),
    node_id: nodeId,
    instance_id: instanceId,
    node_name: run.names.get(nodeId) ?? nodeId,
    status,
    message,
  },
  timestamp,
});

const nodeUpdate = (
  run: RunProgress,
  { data, metadata }: InstanceFact,
  status: string,
  message: string,
): Update =>
  nodeUpdateAt(
    run,
    { nodeId: data.nodeId, instanceId: data.instanceId, timestamp: metadata.occurredAt },
    status,
    message,
  );

/** A pure node has no fact of its beginning: clients are told of it all the same. */
const beginning = (run: RunProgress, fact: InstanceFact): Update[] => {
  if (run.running.has(fact.data.instanceId)) return [];
  run.running.add(fact.data.instanceId);
  return [nodeUpdate(run, fact, 'running', 'Node execution started')];
};

const completed = (run: RunProgress, fact: InstanceFact): Update[] => {
  const begun = beginning(run, fact);
  run.running.delete(fact.data.instanceId);
  // What stands in a region counts with it, and an undo is no node of the workflow.
  const { instanceId, nodeId } = fact.data;
  if (instanceId === nodeId && !isUndo(nodeId)) run.completed += 1;
  return [
    ...begun,
    nodeUpdate(run, fact, 'completed', 'Node execution completed'),
    executionUpdate(run, fact, fact.data.nodeId),
  ];
};

const progressed = (
  run: RunProgress,
  fact: InstanceFact,
  { fraction, message: said }: DataOf<'NodeProgressed'>,
): Update[] => {
  const message = isErased(said) ? null : said;
  const update = nodeUpdate(run, fact, 'running', message ?? 'Node execution goes on');
  const data = { ...update.data, progress: { fraction, message } };
  return [{ ...update, data }];
};

const afterFailure: Partial<Record<DataOf<'NodeFailed'>['next'], string>> = {
  ...{ retry: 'pending', hold: 'held' },
};

const failed = (run: RunProgress, fact: InstanceFact, data: DataOf<'NodeFailed'>): Update[] => {
  const begun = beginning(run, fact);
  // Erased with the run's data: then it is no text.
  const why: unknown = data.error.message;
  const message = `Node execution failed: ${isErased(why) ? '(erased)' : String(why)}`;
  run.running.delete(fact.data.instanceId);
  const status = afterFailure[data.next] ?? 'failed';
  return [...begun, nodeUpdate(run, fact, status, message)];
};

const named = ({ id, name }: DefinedNode) => [id, name] as const;

const started = (run: RunProgress, data: DataOf<'WorkflowStarted'>): Update[] => {
  run.total = data.totalNodes;
  run.names = new Map(data.definition.nodes.map(named));
  return [];
};

/** Nodes of a region that is over may be gone from the definition: their names are kept. */
const migrated = (run: RunProgress, fact: RunFact, data: DataOf<'WorkflowMigrated'>): Update[] => {
  run.total = data.totalNodes;
  run.names = new Map([...run.names, ...data.definition.nodes.map(named)]);
  return [executionUpdate(run, fact)];
};

const stands = (run: RunProgress, fact: RunFact, status: string): Update[] => {
  run.status = status;
  return [executionUpdate(run, fact)];
};

const retried = (
  run: RunProgress,
  fact: RunFact,
  { reopened, inDoubt, continued = [] }: DataOf<'WorkflowRetried'>,
): Update[] => {
  run.status = 'running';
  const timestamp = fact.metadata.occurredAt;
  const pending = 'Node execution will be retried';
  const doubted = 'Node execution in doubt';
  return [
    executionUpdate(run, fact),
    ...reopened.map((place) => nodeUpdateAt(run, { ...place, timestamp }, 'pending', pending)),
    ...inDoubt.map((place) => nodeUpdateAt(run, { ...place, timestamp }, 'in_doubt', doubted)),
    ...continued.map((place) => nodeUpdateAt(run, { ...place, timestamp }, 'running', pending)),
  ];
};

const rewound = (
  run: RunProgress,
  fact: RunFact,
  { nodeIds, completed: undone, unfinished }: DataOf<'WorkflowRewound'>,
): Update[] => {
  run.completed -= undone;
  const timestamp = fact.metadata.occurredAt;
  for (const instanceId of [...nodeIds, ...unfinished]) run.running.delete(instanceId);
  return [
    executionUpdate(run, fact),
    ...nodeIds.map((nodeId) =>
      nodeUpdateAt(run, { nodeId, instanceId: nodeId, timestamp }, 'pending', 'To happen anew'),
    ),
  ];
};

const told = (run: RunProgress, fact: RunFact): Update[] => {
  switch (fact.type) {
    case 'WorkflowStarted':
      return started(run, fact.data);
    case 'NodeStarted':
      run.running.delete(fact.data.instanceId); // another attempt begins anew
      return beginning(run, fact);
    case 'NodeProgressed':
      return progressed(run, fact, fact.data);
    case 'NodeCompleted':
      return completed(run, fact);
    case 'NodeFailed':
      return failed(run, fact, fact.data);
    case 'NodeRetryScheduled':
      return [nodeUpdate(run, fact, 'pending', `Retry at ${fact.data.dueAt}`)];
    case 'NodeReopened':
      return [nodeUpdate(run, fact, 'pending', 'Node execution will be retried')];
    case 'NodeSkipped':
      return [nodeUpdate(run, fact, 'skipped', 'Node execution skipped')];
    case 'NodeCancelled':
      return [nodeUpdate(run, fact, 'cancelled', 'Node execution cancelled')];
    case 'NodeInDoubt':
      return [nodeUpdate(run, fact, 'in_doubt', 'Node execution in doubt')];
    case 'ApprovalRequested':
      return [nodeUpdate(run, fact, 'awaiting_approval', 'Node execution awaits approval')];
    case 'SignalAwaited':
      return [nodeUpdate(run, fact, 'awaiting_signal', 'Node execution awaits a signal')];
    case 'ChildStarted':
      return [nodeUpdate(run, fact, 'awaiting_child', 'Node execution awaits its execution')];
    case 'TimerSet':
    case 'RegionStarted':
      return beginning(run, fact);
    case 'PermitsRequested':
      return stands(run, fact, 'pending');
    case 'PermitsGranted':
      return stands(run, fact, 'running');
    case 'WorkflowPaused':
      return stands(run, fact, 'paused');
    case 'WorkflowResumed':
    case 'WorkflowCancellationRequested':
      return stands(run, fact, 'running');
    case 'WorkflowCancelled':
      return stands(run, fact, 'cancelled');
    case 'WorkflowCompleted':
      return stands(run, fact, 'completed');
    case 'WorkflowFailed':
      return stands(run, fact, 'failed');
    case 'WorkflowRetried':
      return retried(run, fact, fact.data);
    case 'WorkflowRewound':
      return rewound(run, fact, fact.data);
    case 'WorkflowMigrated':
      return migrated(run, fact, fact.data);
    case 'DataErased':
      return fact.data.cancelled ? stands(run, fact, 'cancelled') : [];
    case 'ApprovalEscalated':
    case 'ApprovalVoted':
    case 'ApprovalGranted':
    case 'ApprovalRejected':
    case 'ApprovalSentBack':
    case 'ApprovalExpired':
    case 'StartTimeReached':
    case 'WorkflowDeadlineExceeded':
    case 'CompensationStarted':
    case 'CompensationEnded':
    case 'ChildEnded':
    case 'SignalReceived':
    case 'SignalDeclined':
    case 'SignalTaken':
    case 'ModelTurnCompleted':
    case 'LateOutcomeRecorded':
    case 'TimerFired':
    case 'TimerCancelled':
    case 'IterationStarted':
    case 'IterationCompleted':
    case 'IterationFailed':
      return [];
  }
};

const isOver = ({ type }: RunFact): boolean =>
  type === 'WorkflowCancelled' || type === 'WorkflowCompleted' || type === 'WorkflowFailed';

/** Changes the progress by the next fact of the run and answers the messages that it causes, in order. */
export const advance = (run: RunProgress, fact: RunFact): Update[] => {
  run.revision = fact.revision;
  const goesOn = fact.revision !== 1 || isOver(fact) || fact.type === 'PermitsRequested';
  if (goesOn) return told(run, fact);
  // The fact after WorkflowStarted is the one by which a pending run begins to run.
  run.status = 'running';
  const begins = executionUpdate(run, fact);
  return [begins, ...told(run, fact)];
};
