import { type AgentContent, DomainError, StudioError, type WorkflowEvent } from '@studio/contracts';

/** An agent of a workflow, as it stands. */
export interface Agent {
  readonly agentId: string;
  /** Who added it. */
  readonly userId: string;
  readonly addedAt: string;
  readonly changedAt: string;
  readonly content: AgentContent;
}

export interface NewAgent {
  readonly agentId: string;
  readonly content: AgentContent;
}

export interface AddAgents {
  readonly workflowId: string;
  readonly userId: string;
  readonly now: string;
  readonly agents: readonly NewAgent[];
}

/** Absent members of `changes` keep what is there. */
export interface ChangeAgent {
  readonly workflowId: string;
  readonly agentId: string;
  readonly now: string;
  readonly changes: Partial<AgentContent>;
}

type AgentEvent = Extract<WorkflowEvent, { type: `Agent${string}` }>;

const mostAgents = 500;

export const addAgents = (
  { workflowId, userId, now, agents }: AddAgents,
  known: readonly Agent[],
): AgentEvent[] => {
  const added = agents.filter(({ agentId }) => !known.some((old) => old.agentId === agentId));
  const beyond = added[mostAgents - known.length];
  if (beyond)
    throw new DomainError(
      'agent.invalid',
      `Invalid agent configuration for ${beyond.content.name}: a workflow has at most ${mostAgents} agents`,
    );
  return added.map(({ agentId, content }) => ({
    type: 'AgentAdded',
    data: { workflowId, agentId, userId, addedAt: now, ...content },
  }));
};

const agentOf = (agents: readonly Agent[], agentId: string): Agent => {
  const found = agents.find((agent) => agent.agentId === agentId);
  if (found) return found;
  throw new StudioError('not_found', 'agent.not_found', 'Agent not found or access denied');
};

export const changeAgent = (
  { workflowId, agentId, now, changes }: ChangeAgent,
  agents: readonly Agent[],
): AgentEvent[] => {
  const { content } = agentOf(agents, agentId);
  const changed = { ...content, ...changes };
  if (JSON.stringify(changed) === JSON.stringify(content)) return [];
  return [{ type: 'AgentChanged', data: { workflowId, agentId, changedAt: now, ...changed } }];
};

export const removeAgent = (
  { workflowId, agentId }: { readonly workflowId: string; readonly agentId: string },
  agents: readonly Agent[],
): AgentEvent[] => {
  agentOf(agents, agentId);
  return [{ type: 'AgentRemoved', data: { workflowId, agentId } }];
};

const contentOf = (data: AgentContent): AgentContent => ({
  ...{ nodeId: data.nodeId, name: data.name, type: data.type, model: data.model },
  ...{ systemPrompt: data.systemPrompt, temperature: data.temperature, maxTokens: data.maxTokens },
  ...{ tools: data.tools, permissions: data.permissions, memoryConfig: data.memoryConfig },
  ...{ subAgents: data.subAgents, metadata: data.metadata },
});

/** The agents after a fact about one of them. */
export const evolveAgents = (
  agents: readonly Agent[],
  { type, data }: AgentEvent,
): readonly Agent[] => {
  switch (type) {
    case 'AgentAdded': {
      const { agentId, userId, addedAt } = data;
      const content = contentOf(data);
      return [...agents, { agentId, userId, addedAt, changedAt: addedAt, content }];
    }
    case 'AgentChanged': {
      const changed = { changedAt: data.changedAt, content: contentOf(data) };
      return agents.map((agent) =>
        agent.agentId === data.agentId ? { ...agent, ...changed } : agent,
      );
    }
    case 'AgentRemoved':
      return agents.filter(({ agentId }) => agentId !== data.agentId);
  }
};

/** What an agent sets where its node's own settings say nothing. */
export const settingsOfAgent = ({
  content: { systemPrompt, model, temperature, maxTokens },
}: Agent): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ systemPrompt, model, temperature, maxTokens }).filter(
      ([, value]) => value !== null,
    ),
  );
