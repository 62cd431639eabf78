import {
  agentsTable,
  type AppliedRow,
  type Columns,
  executionsTable,
  nodeExecutionsTable,
  type Table,
  workflowsTable,
} from '@studio/infra';

interface Plain {
  id: string;
  text: string;
  int: number;
  boolean: boolean;
  instant: string;
  json: unknown;
  count: number;
  position: string;
}

/** A row of a read model as views take it: instants as text, counts as numbers, JSON parsed. */
export type PlainRow<Declared extends Columns> = {
  readonly [Column in keyof Declared]: Plain[Declared[Column]] | null;
};

/** Where the driver or a fold says it otherwise than views take it. */
const plain: Partial<Record<Columns[string], (value: unknown) => unknown>> = {
  count: Number,
  position: String,
  instant: (value) => (value instanceof Date ? value.toISOString() : value),
  json: (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
};

const plainValue = (type: Columns[string], value: unknown): unknown =>
  value === null || value === undefined ? null : (plain[type]?.(value) ?? value);

/** The same row, whether the driver read it or a fold made it. */
export const plainRow = <Declared extends Columns>(
  table: Table<Declared>,
  row: AppliedRow,
): PlainRow<Declared> =>
  // Each value was made plain by the type that its column declares.
  Object.fromEntries(
    Object.entries(table.columns).map(([column, type]) => [column, plainValue(type, row[column])]),
  ) as PlainRow<Declared>;

type Always<Row, Column extends keyof Row> = Omit<Row, Column> & {
  readonly [Key in Column]: NonNullable<Row[Key]>;
};

/** The first fact of a workflow sets these. */
export type WorkflowRow = Always<
  PlainRow<typeof workflowsTable.columns>,
  | 'id'
  | 'workspace_id'
  | 'user_id'
  | 'name'
  | 'status'
  | 'nodes'
  | 'connections'
  | 'settings'
  | 'is_public'
  | 'version'
  | 'created_at'
  | 'updated_at'
>;

/** The first fact of an agent sets these. */
export type AgentRow = Always<
  PlainRow<typeof agentsTable.columns>,
  | 'id'
  | 'workflow_id'
  | 'workspace_id'
  | 'user_id'
  | 'node_id'
  | 'name'
  | 'type'
  | 'system_prompt'
  | 'tools'
  | 'permissions'
  | 'memory_config'
  | 'metadata'
  | 'created_at'
  | 'updated_at'
>;

/** The first fact of a run sets these. */
export type ExecutionRow = Always<
  PlainRow<typeof executionsTable.columns>,
  | 'id'
  | 'workspace_id'
  | 'workflow_id'
  | 'workflow_name'
  | 'workflow_version'
  | 'definition_revision'
  | 'user_id'
  | 'status'
  | 'trigger_type'
  | 'priority'
  | 'max_retries'
  | 'total_nodes'
  | 'completed_nodes'
  | 'failed_nodes'
  | 'erased'
  | 'revision'
  | 'created_at'
  | 'updated_at'
>;

/** The first fact of a node instance sets these. */
export type NodeRow = Always<
  PlainRow<typeof nodeExecutionsTable.columns>,
  | 'execution_id'
  | 'instance_id'
  | 'node_id'
  | 'status'
  | 'retry_count'
  | 'tokens_used'
  | 'cost_micro_usd'
  | 'first_revision'
  | 'created_at'
  | 'updated_at'
>;

export const workflowRow = (row: AppliedRow): WorkflowRow =>
  plainRow(workflowsTable, row) as WorkflowRow; // see WorkflowRow
export const agentRow = (row: AppliedRow): AgentRow => plainRow(agentsTable, row) as AgentRow; // see AgentRow
export const executionRow = (row: AppliedRow): ExecutionRow =>
  plainRow(executionsTable, row) as ExecutionRow; // see ExecutionRow
export const nodeRow = (row: AppliedRow): NodeRow => plainRow(nodeExecutionsTable, row) as NodeRow; // see NodeRow
