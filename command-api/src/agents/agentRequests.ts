import type {
  AddAgentRequest,
  AgentContent,
  AgentView,
  ChangeAgentRequest,
} from '@studio/contracts';
import type { Agent } from '@studio/domain';

export const contentOf = (asked: AddAgentRequest): AgentContent => ({
  ...{ nodeId: asked.node_id, name: asked.name, type: asked.type },
  systemPrompt: asked.system_prompt ?? null,
  model: asked.model ?? null,
  temperature: asked.temperature ?? null,
  maxTokens: asked.max_tokens ?? null,
  ...{ tools: asked.tools, permissions: asked.permissions, memoryConfig: asked.memory_config },
  ...{ subAgents: asked.sub_agents, metadata: asked.metadata },
});

const mayBeNone = new Set(['systemPrompt', 'model', 'temperature', 'maxTokens']);

/** Null keeps what is there, except where there may be none. */
export const changesOf = ({
  system_prompt: systemPrompt,
  max_tokens: maxTokens,
  memory_config: memoryConfig,
  sub_agents: subAgents,
  ...rest
}: ChangeAgentRequest): Partial<AgentContent> => {
  const asked = { ...rest, systemPrompt, maxTokens, memoryConfig, subAgents };
  const given = Object.entries(asked).filter(
    ([member, value]) => value !== undefined && (value !== null || mayBeNone.has(member)),
  );
  return Object.fromEntries(given); // the members of a checked request
};

export const agentView = (
  workflowId: string,
  { agentId, userId, addedAt, changedAt, content }: Agent,
): AgentView => ({
  ...{ id: agentId, workflow_id: workflowId, user_id: userId, node_id: content.nodeId },
  ...{ name: content.name, type: content.type, system_prompt: content.systemPrompt },
  ...{ model: content.model, temperature: content.temperature, max_tokens: content.maxTokens },
  ...{ tools: content.tools, permissions: content.permissions },
  ...{ memory_config: content.memoryConfig, sub_agents: content.subAgents },
  ...{ metadata: content.metadata, created_at: addedAt, updated_at: changedAt },
});
