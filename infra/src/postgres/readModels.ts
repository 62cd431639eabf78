import { table } from './rowChanges.ts';

/**
 * The tables that queries read. A payload column (`trigger`, `input`, `output`, an error's message …)
 * holds the value sealed as it lies in the log, as the JSON text that `SealedText` describes; it is
 * opened only when it is answered. Erasing a run's data sets these columns to null.
 */

/** One row per workflow, as its newest version stands. */
export const workflowsTable = table({
  name: 'workflows',
  key: ['id'],
  columns: {
    id: 'id',
    workspace_id: 'id',
    user_id: 'id',
    name: 'text',
    description: 'text',
    status: 'text',
    /** JSON text, or that of a claim where the value is large; so are the next two. */
    nodes: 'text',
    connections: 'text',
    settings: 'text',
    tags: 'json',
    is_public: 'boolean',
    version: 'int',
    parent_workflow_id: 'id',
    created_at: 'instant',
    updated_at: 'instant',
  },
  indexes: ['workspace_id, updated_at desc, id', 'is_public, updated_at desc, id'],
});

/** One row per agent of a workflow. */
export const agentsTable = table({
  name: 'agents',
  key: ['id'],
  columns: {
    id: 'id',
    workflow_id: 'id',
    workspace_id: 'id',
    user_id: 'id',
    node_id: 'text',
    name: 'text',
    type: 'text',
    /** JSON text, or that of a claim where the value is large; so are `tools` to `memory_config` and `metadata`. */
    system_prompt: 'text',
    model: 'text',
    temperature: 'json',
    max_tokens: 'int',
    tools: 'text',
    permissions: 'text',
    memory_config: 'text',
    sub_agents: 'json',
    metadata: 'text',
    created_at: 'instant',
    updated_at: 'instant',
  },
  indexes: ['workspace_id, created_at desc, id', 'workflow_id, created_at desc, id'],
});

/** One row per workspace that does not keep its runs for ever. */
export const runRetentionTable = table({
  name: 'run_retention',
  key: ['workspace_id'],
  columns: { workspace_id: 'id', run_days: 'int' },
});

/** One row per run. */
export const executionsTable = table({
  name: 'executions',
  key: ['id'],
  columns: {
    id: 'id',
    workspace_id: 'id',
    workflow_id: 'id',
    workflow_version: 'int',
    workflow_name: 'text',
    user_id: 'id',
    status: 'text',
    trigger_type: 'text',
    names: 'text',
    trigger: 'text',
    context: 'text',
    output: 'text',
    error_code: 'text',
    error_message: 'text',
    error_instance_id: 'text',
    /** `under_way`, `complete` or `incomplete`; null where nothing is to be undone. */
    compensation: 'text',
    definition_hash: 'text',
    /** Revision of the fact that brought the definition. */
    definition_revision: 'int',
    /** Which limit a run waits for that has not begun. */
    waits_for_permit: 'text',
    /** The run whose node started it. */
    parent_execution_id: 'id',
    rerun_of: 'id',
    priority: 'int',
    max_retries: 'int',
    retry_count: 'int',
    scheduled_at: 'instant',
    total_nodes: 'int',
    completed_nodes: 'count',
    failed_nodes: 'count',
    erased: 'boolean',
    /** Revision of the last fact that the row knows. */
    revision: 'int',
    created_at: 'instant',
    started_at: 'instant',
    completed_at: 'instant',
    updated_at: 'instant',
  },
  indexes: [
    'workspace_id, created_at desc, id',
    'workspace_id, status, created_at desc, id',
    'workflow_id, created_at desc, id',
  ],
});

/** One row per name of a run; `hash` is null once the run's data was erased. */
export const executionNamesTable = table({
  name: 'execution_names',
  key: ['execution_id', 'number'],
  columns: { execution_id: 'id', number: 'int', hash: 'id' },
  indexes: ['hash, execution_id'],
});

/** One row per node instance of a run, from its first fact on. */
export const nodeExecutionsTable = table({
  name: 'node_executions',
  key: ['execution_id', 'instance_id'],
  columns: {
    execution_id: 'id',
    instance_id: 'id',
    node_id: 'text',
    status: 'text',
    attempt: 'int',
    /** Attempts that failed and were tried again. */
    retry_count: 'count',
    handle: 'text',
    input: 'text',
    output: 'text',
    error_code: 'text',
    error_message: 'text',
    /** `{fraction, at}` of the last word of its last attempt. */
    progress: 'json',
    progress_message: 'text',
    model_used: 'text',
    simulated: 'boolean',
    agent_response: 'text',
    tokens_used: 'count',
    cost_micro_usd: 'count',
    due_at: 'instant',
    /** The run that it started last. */
    child_execution_id: 'id',
    /** Revision of the first fact about the instance: instances sort by it in the order they began. */
    first_revision: 'int',
    created_at: 'instant',
    started_at: 'instant',
    completed_at: 'instant',
    updated_at: 'instant',
  },
});

/** One row per approval that nobody has decided. */
export const pendingApprovalsTable = table({
  name: 'pending_approvals',
  key: ['execution_id', 'requested_at'],
  columns: {
    execution_id: 'id',
    /** Revision of the fact that asked. */
    requested_at: 'int',
    workspace_id: 'id',
    node_id: 'text',
    instance_id: 'text',
    title: 'text',
    message: 'text',
    payload: 'text',
    seen_hash: 'text',
    /** `user:<id>`, or `<workspace id>:<role>` for everyone who has it or a higher one. */
    assignees: 'json',
    escalated_to: 'json',
    quorum: 'int',
    rejections: 'int',
    editable: 'boolean',
    due_at: 'instant',
    /** False while its run is over; one that failed may be retried. */
    is_open: 'boolean',
    created_at: 'instant',
  },
  indexes: ['due_at, created_at'],
});

/** How many runs a workspace has, by status and by workflow. */
export const executionTotalsTable = table({
  name: 'execution_totals',
  key: ['workspace_id', 'dimension', 'value'],
  columns: {
    workspace_id: 'id',
    /** `status` or `workflow`. */
    dimension: 'id',
    value: 'id',
    runs: 'count',
  },
  counter: true,
});

/** A sealed value with what it is bound to: its event and the JSON pointer of its field. */
export interface SealedText {
  readonly e: string;
  readonly p: string;
  readonly v: unknown;
}
