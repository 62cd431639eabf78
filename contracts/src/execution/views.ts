import { z } from 'zod';

import { Instant, Metadata } from '../envelope.ts';
import { TriggerType } from './events.ts';

/** `paused`: it stands still until a person has it go on. */
export const ExecutionStatus = z.enum([
  ...['pending', 'running', 'paused', 'completed', 'failed', 'cancelled'],
] as const);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

/** What an open run waits for while nothing of it is under way. */
export const WaitingReason = z.enum([
  ...['paused', 'scheduled', 'debounce', 'singleton', 'concurrency', 'rate'],
  ...['in_doubt', 'held', 'approval', 'signal', 'child', 'timer'],
] as const);
export type WaitingReason = z.infer<typeof WaitingReason>;

/**
 * `in_doubt`: an unsafe effect began and nobody knows its outcome. `held`: it failed, and a person says
 * what follows. `awaiting_approval`: people are asked. `awaiting_signal`: a signal or a callback is to come.
 * `awaiting_child`: the execution that it started is under way.
 */
export const NodeStatus = z.enum([
  'pending',
  'running',
  'completed',
  'failed',
  'skipped',
  'cancelled',
  'in_doubt',
  'held',
  'awaiting_approval',
  'awaiting_signal',
  'awaiting_child',
]);
export type NodeStatus = z.infer<typeof NodeStatus>;

/**
 * How far a run has come with undoing what it did: `incomplete` once it is over and something is left
 * standing, or nobody knows whether there was anything to undo.
 */
export const CompensationStatus = z.enum(['under_way', 'complete', 'incomplete']);
export type CompensationStatus = z.infer<typeof CompensationStatus>;

const duration = {
  started_at: Instant.nullable(),
  completed_at: Instant.nullable(),
  duration_ms: z.number().int().nullable(),
  duration_seconds: z.number().nullable(),
};

/** A run as the API shows it. Payloads are null once the run's data was erased. */
export const ExecutionView = z.object({
  id: z.string(),
  workspace_id: z.string(),
  workflow_id: z.string(),
  workflow_name: z.string(),
  workflow_version: z.number().int(),
  user_id: z.string(),
  status: ExecutionStatus,
  /** Null while something of the run is under way, and once it is over. */
  waiting_reason: WaitingReason.nullable(),
  /** Null where nothing is to be undone. */
  compensation: CompensationStatus.nullable(),
  ...duration,
  trigger_type: TriggerType,
  /** What whoever started the run calls it; null and empty once its data was erased. */
  business_key: z.string().nullable(),
  tags: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  /** The execution whose node started this one; null for one that is nobody's child. */
  parent_execution_id: z.string().nullable(),
  /** The execution that this one does again from its beginning; null where it does none. */
  rerun_of: z.string().nullable(),
  /** What the run was started with, under the names of both start routes. */
  trigger_data: z.unknown(),
  input_data: z.unknown(),
  /** `{}` until the run has an output. */
  output_data: z.unknown(),
  context: z.unknown(),
  total_nodes: z.number().int(),
  completed_nodes: z.number().int(),
  failed_nodes: z.number().int(),
  /** 0 to 100. */
  progress_percentage: z.number(),
  error_message: z.string().nullable(),
  error_details: z.record(z.string(), z.unknown()),
  /** How often a person has had the run go on after it failed, at most `max_retries` times. */
  retry_count: z.number().int(),
  max_retries: z.number().int(),
  priority: z.number().int(),
  /** When the run was to begin; null: at once. */
  scheduled_at: Instant.nullable(),
  celery_task_id: z.null(),
  /** True once the run's data was erased. */
  erased: z.boolean(),
  created_at: Instant,
  updated_at: Instant,
});
export type ExecutionView = z.infer<typeof ExecutionView>;

/** One node instance of a run. A node of the definition that no fact is about yet is `pending`. */
export const NodeExecutionView = z.object({
  id: z.string(),
  workflow_execution_id: z.string(),
  execution_id: z.string(),
  instance_id: z.string(),
  /** The agent whose settings count for the node. */
  agent_id: z.string().nullable(),
  user_id: z.string(),
  node_id: z.string(),
  node_name: z.string(),
  node_type: z.string(),
  node_kind: z.string(),
  status: NodeStatus,
  ...duration,
  /** The settings with every expression evaluated, as the attempt began with them. */
  input_data: z.unknown(),
  output_data: z.unknown(),
  /** The output that the run went on by. */
  output_handle: z.string().nullable(),
  agent_response: z.unknown(),
  tokens_used: z.number().int().nullable(),
  cost_usd: z.number().nullable(),
  model_used: z.string().nullable(),
  /** True when no model was called: the `simulated` provider wrote the answer. */
  simulated: z.boolean().nullable(),
  tools_called: z.array(z.unknown()),
  tool_results: z.record(z.string(), z.unknown()),
  error_message: z.string().nullable(),
  error_details: z.record(z.string(), z.unknown()),
  /** What its last attempt said of how far it had come; null: nothing. */
  progress: z
    .object({
      /** 0 to 1. */
      fraction: z.number().nullable(),
      message: z.string().nullable(),
      reported_at: Instant,
    })
    .nullable(),
  attempt: z.number().int(),
  retry_count: z.number().int(),
  max_retries: z.number().int(),
  /** When a timer or a retry is due. */
  due_at: Instant.nullable(),
  /** While the node waits for its callback: where it is answered, once, by whoever has this. */
  callback_path: z.string().optional(),
  /** The execution that a sub-workflow's node started last. */
  child_execution_id: z.string().nullable(),
  /** From 1, in the order in which the instances began. */
  execution_order: z.number().int(),
  celery_task_id: z.null(),
  /** True once the run was forgotten: what it was given and what it made are gone, here null. */
  erased: z.boolean(),
  created_at: Instant,
  updated_at: Instant,
});
export type NodeExecutionView = z.infer<typeof NodeExecutionView>;

/** One line of a run's log, told from one fact. */
export const LogEntry = z.looseObject({
  timestamp: Instant,
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  event: z.string(),
  revision: z.number().int(),
  node_id: z.string().optional(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** One node instance with its place in the graph and its part of the run's log (the first 1,000 entries). */
export const NodeExecutionDetailView = NodeExecutionView.extend({
  execution_log: z.array(LogEntry),
  parent_node_ids: z.array(z.string()),
  child_node_ids: z.array(z.string()),
});
export type NodeExecutionDetailView = z.infer<typeof NodeExecutionDetailView>;

/** `execution_log` holds the first 1,000 entries; GET …/logs has them all. */
export const ExecutionDetailView = ExecutionView.extend({
  node_executions: z.array(NodeExecutionView),
  execution_log: z.array(LogEntry),
});
export type ExecutionDetailView = z.infer<typeof ExecutionDetailView>;

/** A fact with its envelope. `position` is `<storeId>:<n>`; sealed values are open, or `{"$erased": …}`. */
export const FactView = z.object({
  eventId: z.string(),
  type: z.string(),
  revision: z.number().int(),
  position: z.string(),
  hash: z.string(),
  data: z.unknown(),
  metadata: Metadata,
});
export type FactView = z.infer<typeof FactView>;

export const FactsView = z.object({
  execution_id: z.string(),
  items: z.array(FactView),
  /** How many facts the run has. */
  total: z.number().int(),
  from: z.number().int(),
  limit: z.number().int(),
});
export type FactsView = z.infer<typeof FactsView>;

/** The state of a run after the fact `revision`, folded from recorded facts and from nothing else. */
export const ReplayView = z.object({
  execution_id: z.string(),
  revision: z.number().int(),
  /** Revision of the run's last fact. */
  last_revision: z.number().int(),
  status: z.string(),
  retry_count: z.number().int(),
  workflow_id: z.string(),
  /** The version of the workflow that the run went by then. */
  workflow_version: z.number().int(),
  trigger_data: z.unknown(),
  context: z.unknown(),
  nodes: z.record(z.string(), z.looseObject({ status: z.string(), node_id: z.string() })),
  timers: z.array(z.object({ instance_id: z.string(), due_at: Instant })),
  output: z.unknown(),
  failure: z.unknown(),
  /** How far the run has come with undoing what it did; null where it undoes nothing. */
  compensation: z.unknown(),
  erased: z.boolean(),
  /** SHA-256 of the whole state; the engine's live state after the same fact has the same one. */
  digest: z.string(),
});
export type ReplayView = z.infer<typeof ReplayView>;
