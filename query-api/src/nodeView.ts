import {
  type DefinedNode,
  type Definition,
  type ExecutionId,
  type NodeExecutionView,
  NodeStatus,
  undoNodeOf,
} from '@studio/contracts';
import { type CallbackPlace, deterministicId, type Opener } from '@studio/infra';

import { durationOf, textOrNull } from './executionView.ts';
import { progressOf } from './nodeProgress.ts';
import type { ExecutionRow, NodeRow } from './rows.ts';
import { openColumns, type Opened } from './sealedColumns.ts';

/** The same for every reader: an instance of a run has one id. */
export const nodeExecutionId = (executionId: string, instanceId: string): string =>
  deterministicId(['node-execution', executionId, instanceId]);

const ended = new Set(['completed', 'failed', 'cancelled']);
const settled = new Set(['completed', 'failed', 'skipped', 'cancelled']);

/** A cancelled run takes along what had not ended; a failed one what still waited for a time. The rest stays pending. */
const isCalledOff = (run: ExecutionRow, status: string): boolean =>
  run.status === 'cancelled'
    ? !settled.has(status)
    : run.status === 'failed' && (status === 'running' || status.startsWith('awaiting_'));

const statusOf = (run: ExecutionRow, status: string): NodeStatus =>
  NodeStatus.parse(isCalledOff(run, status) ? 'cancelled' : status);

const waitingRow = (run: ExecutionRow, nodeId: string): NodeRow => ({
  execution_id: run.id,
  instance_id: nodeId,
  node_id: nodeId,
  status: 'pending',
  attempt: null,
  retry_count: 0,
  handle: null,
  input: null,
  output: null,
  error_code: null,
  error_message: null,
  progress: null,
  progress_message: null,
  model_used: null,
  simulated: null,
  agent_response: null,
  tokens_used: 0,
  cost_micro_usd: 0,
  due_at: null,
  child_execution_id: null,
  first_revision: Number.MAX_SAFE_INTEGER,
  created_at: run.created_at,
  started_at: null,
  completed_at: null,
  updated_at: run.created_at,
});

const modelOf = (row: NodeRow, opened: Opened) => {
  const called = row.model_used !== null;
  return {
    agent_response: opened(row.agent_response),
    tokens_used: called ? row.tokens_used : null,
    cost_usd: called ? row.cost_micro_usd / 1_000_000 : null,
    model_used: row.model_used,
    simulated: row.simulated,
    tools_called: [],
    tool_results: {},
  };
};

interface Place {
  readonly run: ExecutionRow;
  readonly node: DefinedNode | undefined;
  readonly order: number;
}

const definedOf = ({ run, node }: Place, nodeId: string) => ({
  node_id: nodeId,
  // Every node of a fact is in the definition; a reader does not fail should it be otherwise.
  ...(node
    ? { node_name: node.name, node_type: node.type, node_kind: node.kind }
    : { node_name: nodeId, node_type: '', node_kind: '' }),
  max_retries: node ? node.retry.maxRetries : run.max_retries,
});

const nodeView = (row: NodeRow, place: Place, opened: Opened): NodeExecutionView => {
  const { run, order } = place;
  const span = { started_at: row.started_at, completed_at: row.completed_at };
  return {
    ...definedOf(place, row.node_id),
    id: nodeExecutionId(run.id, row.instance_id),
    workflow_execution_id: run.id,
    execution_id: run.id,
    instance_id: row.instance_id,
    agent_id: place.node?.agentId ?? null,
    user_id: run.user_id,
    status: statusOf(run, row.status),
    ...span,
    ...durationOf(span),
    input_data: opened(row.input),
    output_data: opened(row.output),
    output_handle: row.handle,
    ...modelOf(row, opened),
    error_message: textOrNull(opened(row.error_message)),
    error_details: row.error_code === null ? {} : { code: row.error_code },
    progress: progressOf(row, opened),
    attempt: row.attempt ?? 0,
    retry_count: row.retry_count,
    due_at: ended.has(run.status) ? null : row.due_at,
    child_execution_id: row.child_execution_id,
    execution_order: order,
    celery_task_id: null,
    erased: run.erased,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
};

const sealedColumns = [
  ...(['input', 'output', 'error_message', 'agent_response', 'progress_message'] as const),
] as const;

/** Where the wait at the place is answered. */
export type CallbackPathOf = (place: CallbackPlace) => string;

const callbackOf = (
  row: NodeRow,
  { run, node }: Place,
  callbackPath: CallbackPathOf,
): { callback_path?: string } => {
  const isAwaited = statusOf(run, row.status) === 'awaiting_signal' && node?.config['callback'];
  if (!isAwaited) return {};
  const executionId = run.id as ExecutionId; // a row of a run
  const place = { executionId, instanceId: row.instance_id, attempt: row.attempt ?? 1 };
  return { callback_path: callbackPath(place) };
};

export interface RunNodes {
  readonly run: ExecutionRow;
  readonly rows: readonly NodeRow[];
  readonly definition: Definition;
}

/**
 * All nodes of a run: those that began in their order, then those that still wait for their turn;
 * or only the one with the id `only`.
 */
export const nodeViews = async (
  { opener, callbackPath }: { readonly opener: Opener; readonly callbackPath: CallbackPathOf },
  { run, rows, definition }: RunNodes,
  only?: string,
): Promise<NodeExecutionView[]> => {
  const begun = new Set(rows.map(({ node_id }) => node_id));
  const waiting = definition.nodes.filter(({ id }) => !begun.has(id));
  const all = [...rows, ...waiting.map(({ id }) => waitingRow(run, id))];
  const undos = definition.nodes.map(undoNodeOf).filter((undo) => undo !== null);
  const nodes = new Map([...definition.nodes, ...undos].map((node) => [node.id, node]));
  const places = all
    .map((row, index) => ({ row, node: nodes.get(row.node_id), order: index + 1, run }))
    .filter(({ row }) => only === undefined || only === nodeExecutionId(run.id, row.instance_id));
  const opened = await openColumns(
    opener,
    places.flatMap(({ row }) =>
      sealedColumns.map((name) => row[name]).map((column) => [run.id, column] as const),
    ),
  );
  return places.map(({ row, ...place }) => ({
    ...nodeView(row, place, opened),
    ...callbackOf(row, place, callbackPath),
  }));
};
