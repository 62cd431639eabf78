import {
  AgentType,
  type ExecutionId,
  isUuid,
  StudioError,
  Text,
  Uuid,
  type WorkflowId,
} from '@studio/contracts';
import { parse } from '@studio/infra';
import { z } from 'zod';

/** Numbers in a query string: digits only, so that `1e3`, ` 1` and an empty text are refused. */
const count = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, { error: 'Input should be a whole number' })
    .transform(Number)
    .pipe(z.number().min(min).max(max));

const paging = (defaultLimit: number) => ({
  limit: count(1, 100).default(defaultLimit),
  offset: count(0, Number.MAX_SAFE_INTEGER).default(0),
});

const oneOrMany = <Item extends z.ZodType>(item: Item) =>
  z.union([item.transform((one) => [one]), z.array(item)]);

const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((text) => text === 'true' || text === '1');

export const WorkflowsQuery = z.object({
  ...paging(10),
  query: Text.max(255).optional(),
  status: z.enum(['draft', 'published', 'archived']).optional(),
  tags: oneOrMany(Text.max(100)).optional(),
  is_public: flag.optional(),
});
export type WorkflowsQuery = z.infer<typeof WorkflowsQuery>;

export const AgentsQuery = z.object({
  ...paging(100),
  workflow_id: Uuid.optional(),
  agent_type: AgentType.optional(),
});
export type AgentsQuery = z.infer<typeof AgentsQuery>;

export const VersionsQuery = z.object(paging(100));

export const ExecutionsQuery = z.object({
  ...paging(100),
  workflow_id: z.string().optional(),
  /** Not checked against the known ones: an unknown status has no runs. */
  status: Text.max(50).optional(),
});
export type ExecutionsQuery = z.infer<typeof ExecutionsQuery>;

export const FactsQuery = z.object({
  from: count(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: count(1, 1_000).default(100),
});

export const ReplayQuery = z.object({ at: count(0, Number.MAX_SAFE_INTEGER).optional() });

const malformed = (message: string): StudioError =>
  new StudioError('refused', 'execution.malformed_id', message);

/** 400 for what cannot be a run's id. */
export const executionIdOf = (text: unknown): ExecutionId => {
  const id = String(text).toLowerCase();
  if (!isUuid(id)) throw malformed('Invalid execution ID format');
  return id as ExecutionId; // checked above
};

/** 400 for what cannot be the id of a node execution. */
export const nodeExecutionIdOf = (text: unknown): string => {
  const id = String(text).toLowerCase();
  if (!isUuid(id)) throw malformed('Invalid ID format');
  return id;
};

/** 422 for what cannot be a workflow's id. */
export const workflowIdOf = (text: unknown): WorkflowId =>
  parse(z.object({ workflow_id: Uuid }), { workflow_id: text }, 'path').workflow_id as WorkflowId; // checked by Uuid

/** 422 for what cannot be an agent's id. */
export const agentIdOf = (text: unknown): string =>
  parse(z.object({ agent_id: Uuid }), { agent_id: text }, 'path').agent_id;

/** The filter of a list answers 400, as its clients know it. */
export const workflowFilterOf = (text: string): WorkflowId => {
  const id = text.toLowerCase();
  if (!isUuid(id)) throw malformed('Invalid workflow ID format');
  return id as WorkflowId; // checked above
};
