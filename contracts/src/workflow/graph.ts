import { z } from 'zod';

/** A node as the canvas saves it. `data.kind` names its kind, `data.config` its settings (camelCase). */
export const CanvasNode = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(50),
  title: z.string().max(255).optional(),
  position: z.object({ x: z.number(), y: z.number() }),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type CanvasNode = z.infer<typeof CanvasNode>;

/** An edge; without `sourceHandle` it leaves by `output`. */
export const Connection = z.object({
  id: z.string().max(255).optional(),
  source: z.string(),
  target: z.string(),
  sourceHandle: z.string().max(100).nullish(),
  targetHandle: z.string().max(100).nullish(),
});
export type Connection = z.infer<typeof Connection>;

/** What an effect may do to the world, and therefore what recovery may do with it (design.md section 6). */
export const Effect = z.enum(['pure', 'idempotent', 'unsafe', 'timer', 'none']);
export type Effect = z.infer<typeof Effect>;

export const InDoubtPolicy = z.enum(['ask', 'retry', 'fail']);
export type InDoubtPolicy = z.infer<typeof InDoubtPolicy>;

/** What follows once a node has failed for good and has no `error` output: the end, or a person is asked. */
export const ExhaustedPolicy = z.enum(['fail', 'pause']);
export type ExhaustedPolicy = z.infer<typeof ExhaustedPolicy>;

/** How often and when a transient failure is tried again; `delaysMs[n]` comes before attempt n + 2, its last one repeats. */
export const RetryPolicy = z.object({
  maxRetries: z.number().int().min(0).max(10),
  delaysMs: z.array(z.number().int().min(0).max(86_400_000)).min(1).max(10),
});
export type RetryPolicy = z.infer<typeof RetryPolicy>;

export const defaultRetryPolicy: RetryPolicy = {
  maxRetries: 3,
  delaysMs: [5_000, 30_000, 120_000],
};

/** How long one attempt of a node may take, milliseconds. */
export const AttemptLimitMs = z.number().int().min(1).max(86_400_000);

/** How a node is tried. */
const tried = {
  onInDoubt: InDoubtPolicy,
  retry: RetryPolicy,
  /** `pause`: when it has failed for good it is held for a person; absent: it fails. */
  onExhausted: ExhaustedPolicy.optional(),
  timeoutMs: AttemptLimitMs.optional(),
};

/** What undoes a completed node when its run fails or is cancelled: a kind with its settings. */
export const Compensation = z.object({
  kind: z.string(),
  config: z.record(z.string(), z.unknown()),
  ...tried,
});
export type Compensation = z.infer<typeof Compensation>;

/** What a node says of its undo, in `data.compensation`. */
export const CompensationSetting = z.strictObject({
  kind: z.string().min(1),
  config: z.record(z.string(), z.unknown()).default({}),
  onInDoubt: InDoubtPolicy.default('ask'),
  retry: RetryPolicy.default(defaultRetryPolicy),
  onExhausted: ExhaustedPolicy.optional(),
  timeoutMs: AttemptLimitMs.optional(),
});
export type CompensationSetting = z.infer<typeof CompensationSetting>;

/** A node of a pinned definition: its kind resolved to `name@major`, its settings as saved (expressions not yet evaluated). */
export const DefinedNode = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  kind: z.string(),
  config: z.record(z.string(), z.unknown()),
  ...tried,
  /** An attempt that has given no sign of life for so long fails; absent: it is waited for. */
  heartbeatTimeoutMs: AttemptLimitMs.optional(),
  compensation: Compensation.optional(),
  /** The agent whose settings count for the node. */
  agentId: z.string().optional(),
  /** The region that the node stands in. */
  parent: z.string().optional(),
});
export type DefinedNode = z.infer<typeof DefinedNode>;

export const DefinedConnection = z.object({
  source: z.string(),
  target: z.string(),
  sourceHandle: z.string(),
});
export type DefinedConnection = z.infer<typeof DefinedConnection>;

/** What a run executes. `WorkflowStarted` pins it together with the SHA-256 of its JSON text. */
export const Definition = z.object({
  nodes: z.array(DefinedNode),
  connections: z.array(DefinedConnection),
});
export type Definition = z.infer<typeof Definition>;
