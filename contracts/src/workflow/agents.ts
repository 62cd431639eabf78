import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { large } from '../sealed.ts';
import { Text, Uuid } from '../text.ts';

export const AgentType = z.enum(['agent', 'trigger', 'action', 'logic', 'integration', 'mcp']);
export type AgentType = z.infer<typeof AgentType>;

const Fields = z.record(z.string(), z.unknown());

/** What an agent is, apart from who it is. Null: the node's own setting, or its kind's default, counts. */
export const AgentContent = z.object({
  /** The node of the canvas that the agent stands for. */
  nodeId: z.string(),
  name: z.string(),
  type: AgentType,
  systemPrompt: large(z.string().nullable()),
  model: z.string().nullable(),
  temperature: z.number().nullable(),
  maxTokens: z.number().int().nullable(),
  tools: large(z.array(z.unknown())),
  permissions: large(Fields),
  memoryConfig: large(Fields),
  /** Ids of other agents. */
  subAgents: z.array(z.string()),
  metadata: large(Fields),
});
export type AgentContent = z.infer<typeof AgentContent>;

const agent = { workflowId: z.string(), agentId: z.string() };

/** Agents live in their workflow's stream. */
export const agentEvents = {
  AgentAdded: z.object({
    ...agent,
    userId: z.string(),
    addedAt: Instant,
    ...AgentContent.shape,
  }),
  /** The whole content again. */
  AgentChanged: z.object({ ...agent, changedAt: Instant, ...AgentContent.shape }),
  AgentRemoved: z.object(agent),
} as const;

const asked = {
  name: Text.min(1).max(255),
  type: AgentType,
  system_prompt: Text.max(200_000).nullish(),
  model: Text.min(1).max(100).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  max_tokens: z.number().int().min(1).max(200_000).nullish(),
  tools: z.array(z.unknown()).max(50),
  permissions: Fields,
  memory_config: Fields,
  sub_agents: z.array(Uuid).max(100),
  metadata: Fields,
};

/** POST /agents */
export const AddAgentRequest = z.object({
  ...asked,
  node_id: Text.min(1).max(255),
  tools: asked.tools.default([]),
  permissions: asked.permissions.default({}),
  memory_config: asked.memory_config.default({}),
  sub_agents: asked.sub_agents.default([]),
  metadata: asked.metadata.default({}),
});
export type AddAgentRequest = z.infer<typeof AddAgentRequest>;

/** POST /agents names its workflow in the query. */
export const AddAgentQuery = z.object({ workflow_id: Uuid });

/** POST /agents/workflow/{id}/bulk: all of them or none. */
export const AddAgentsRequest = z.array(AddAgentRequest).min(1).max(100);

/** PUT /agents/{id}: absent keeps; null empties what may be empty, and keeps the rest. */
export const ChangeAgentRequest = z.object({
  ...asked,
  name: asked.name.nullish(),
  type: asked.type.nullish(),
  tools: asked.tools.nullish(),
  permissions: asked.permissions.nullish(),
  memory_config: asked.memory_config.nullish(),
  sub_agents: asked.sub_agents.nullish(),
  metadata: asked.metadata.nullish(),
});
export type ChangeAgentRequest = z.infer<typeof ChangeAgentRequest>;

/** POST /agents/{id}/test: what the agent is given, in place of a prompt. The body may be absent. */
export const TestAgentRequest = z
  .object({ input_data: Fields.default({}), context: Fields.nullish() })
  .nullish()
  .transform((body) => ({ input_data: body?.input_data ?? {}, context: body?.context ?? {} }));

/** What the agent answered; the run that asked it can be looked at like any other. */
export const AgentTestView = z.object({
  success: z.boolean(),
  output: z.unknown().optional(),
  /** Why there is no output. */
  error: z.string().optional(),
  execution_time_ms: z.number().int(),
  execution_id: z.string(),
});
export type AgentTestView = z.infer<typeof AgentTestView>;

/** An agent as the API shows it. */
export const AgentView = z.object({
  id: z.string(),
  workflow_id: z.string(),
  user_id: z.string(),
  node_id: z.string(),
  name: z.string(),
  type: AgentType,
  system_prompt: z.string().nullable(),
  model: z.string().nullable(),
  temperature: z.number().nullable(),
  max_tokens: z.number().int().nullable(),
  tools: z.array(z.unknown()),
  permissions: Fields,
  memory_config: Fields,
  sub_agents: z.array(z.string()),
  metadata: Fields,
  created_at: Instant,
  updated_at: Instant,
});
export type AgentView = z.infer<typeof AgentView>;
