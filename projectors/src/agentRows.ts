import type { AgentContent } from '@studio/contracts';
import { agentsTable, insert, patch, remove } from '@studio/infra';

import type { Projection } from './projection.ts';

const contentOf = (content: AgentContent) => ({
  node_id: content.nodeId,
  name: content.name,
  type: content.type,
  system_prompt: JSON.stringify(content.systemPrompt),
  model: content.model,
  temperature: JSON.stringify(content.temperature),
  max_tokens: content.maxTokens,
  tools: JSON.stringify(content.tools),
  permissions: JSON.stringify(content.permissions),
  memory_config: JSON.stringify(content.memoryConfig),
  sub_agents: JSON.stringify(content.subAgents),
  metadata: JSON.stringify(content.metadata),
});

/** One row per agent of a workflow, whose deletion removes each of them by a fact of its own. */
export const agentRows = {
  AgentAdded: ({ data, metadata }) => [
    insert(agentsTable, {
      id: data.agentId,
      workflow_id: data.workflowId,
      workspace_id: metadata.workspaceId,
      user_id: data.userId,
      ...contentOf(data),
      created_at: data.addedAt,
      updated_at: data.addedAt,
    }),
  ],
  AgentChanged: ({ data }) => [
    patch(agentsTable, { id: data.agentId, ...contentOf(data), updated_at: data.changedAt }),
  ],
  AgentRemoved: ({ data }) => [remove(agentsTable, { id: data.agentId })],
} satisfies Projection['on'];
