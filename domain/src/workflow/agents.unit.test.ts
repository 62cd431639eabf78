import { expect, it } from '@jest/globals';
import type { AgentContent, WorkflowEvent } from '@studio/contracts';

import { specificationFor } from '../testing/specification.ts';
import { defineWorkflow } from './define.ts';
import { workflow } from './workflow.ts';

const given = specificationFor(workflow);
const now = '2026-01-02T00:00:00.000Z';
const node = { id: 'a', type: 'agent', position: { x: 0, y: 0 }, data: { temperature: 0.1 } };
const created: WorkflowEvent = {
  type: 'WorkflowCreated',
  data: {
    ...{ workflowId: 'w', ownerId: 'ada', parentWorkflowId: null, name: 'Mail' },
    ...{ description: null, settings: {}, tags: [], isPublic: false },
    ...{ nodes: [node], connections: [] },
  },
};
const content: AgentContent = {
  ...{ nodeId: 'a', name: 'Greeter', type: 'agent', systemPrompt: 'Be kind', model: null },
  ...{ temperature: 0.9, maxTokens: null, tools: [], permissions: {}, memoryConfig: {} },
  ...{ subAgents: [], metadata: {} },
};
const added = (agentId: string): WorkflowEvent => ({
  type: 'AgentAdded',
  data: { workflowId: 'w', agentId, userId: 'ada', addedAt: now, ...content },
});
const removed = (agentId: string): WorkflowEvent => ({
  type: 'AgentRemoved',
  data: { workflowId: 'w', agentId },
});
const add = (...ids: string[]) => ({
  type: 'AddAgents' as const,
  data: {
    ...{ workflowId: 'w', userId: 'ada', now },
    agents: ids.map((agentId) => ({ agentId, content })),
  },
});

it('adds many agents in one go', () =>
  given([created])
    .when(add('1', '2'))
    .then([added('1'), added('2')]));
it('adds an agent once', () =>
  given([created, added('1')])
    .when(add('1'))
    .thenNothing());
it('adds all or none where there is no room for all', () => {
  const full = Array.from({ length: 499 }, (_, index) => added(`old ${index}`));
  given([created, ...full])
    .when(add('1', '2'))
    .thenRefused(
      'agent.invalid',
      'Invalid agent configuration for Greeter: a workflow has at most 500 agents',
    );
  given([created, ...full])
    .when(add('1'))
    .then([added('1')]);
});
it('keeps what a change leaves out', () =>
  given([created, added('1')])
    .when({
      type: 'ChangeAgent',
      data: { workflowId: 'w', agentId: '1', now, changes: { systemPrompt: null } },
    })
    .then([
      {
        type: 'AgentChanged',
        data: { workflowId: 'w', agentId: '1', changedAt: now, ...content, systemPrompt: null },
      },
    ]));
it('takes the same content again for no change', () =>
  given([created, added('1')])
    .when({
      type: 'ChangeAgent',
      data: { workflowId: 'w', agentId: '1', now, changes: { name: 'Greeter' } },
    })
    .thenNothing());
it('does not change or remove an agent that is not there', () => {
  given([created, added('1'), removed('1')])
    .when({ type: 'RemoveAgent', data: { workflowId: 'w', agentId: '1' } })
    .thenRefused('agent.not_found');
  given([created])
    .when({ type: 'ChangeAgent', data: { workflowId: 'w', agentId: '1', now, changes: {} } })
    .thenRefused('agent.not_found');
});
it('removes every agent before the workflow is deleted', () =>
  given([created, added('1'), added('2')])
    .when({ type: 'DeleteWorkflow', data: { workflowId: 'w' } })
    .then([removed('1'), removed('2'), { type: 'WorkflowDeleted', data: { workflowId: 'w' } }]));
it('lets an agent set what its node says nothing of', () => {
  const agent = { agentId: '1', userId: 'ada', addedAt: now, changedAt: now, content };
  const { definition } = defineWorkflow({ nodes: [node], connections: [] }, (kind) => `${kind}@1`, [
    agent,
    { ...agent, agentId: '2', content: { ...content, nodeId: 'b', systemPrompt: 'Be rude' } },
  ]);
  expect(definition.nodes[0]?.config).toEqual({ systemPrompt: 'Be kind', temperature: 0.1 });
});
