import { z } from 'zod';

import { pageOf } from '../page.ts';
import { Uuid } from '../text.ts';
import {
  AddAgentQuery,
  AddAgentRequest,
  AddAgentsRequest,
  AgentTestView,
  AgentView,
  ChangeAgentRequest,
  TestAgentRequest,
} from '../workflow/agents.ts';
import { exampleAgent, exampleAgentRequest, exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { AgentsQuery } from './queries.ts';
import { workflowParams } from './workflows.ts';

const tag = 'Agents';
const params = z.object({ agent_id: Uuid.meta({ example: exampleIds.agent }) });
const one = { path: '/agents/{agent_id}', params, tag } as const;
const ofWorkflow = { params: workflowParams, tag } as const;

const agent = (description: string) => ({ description, schema: AgentView, example: exampleAgent });
const agents = { description: 'The agents.', schema: z.array(AgentView), example: [exampleAgent] };
/** The workflow goes first when somebody deletes it at the same moment. */
const changeErrors = {
  403: ['auth.not_allowed'],
  404: ['agent.not_found', 'workflow.not_found'],
} as const;
const addErrors = {
  400: ['agent.invalid'],
  403: ['auth.not_allowed'],
  404: ['workflow.not_found'],
  422: ['request.idempotency_key_reused'],
} as const;

export const agentOperations: readonly Operation[] = [
  {
    ...{ id: 'listAgents', method: 'get', path: '/agents', tag },
    summary: 'List agents',
    query: AgentsQuery,
    headers: ['Studio-Min-Position'],
    answers: {
      200: {
        ...{ description: 'A page of them.', schema: pageOf(AgentView) },
        example: { items: [exampleAgent], total: 1, limit: 100, offset: 0 },
        headers: ['Studio-Stale'],
      },
    },
  },
  {
    ...{ id: 'addAgent', method: 'post', path: '/agents', tag },
    summary: 'Add an agent to a workflow',
    description: 'Its settings count where its node says nothing.',
    query: z.object({
      workflow_id: AddAgentQuery.shape.workflow_id.meta({ example: exampleIds.workflow }),
    }),
    headers: ['Idempotency-Key'],
    body: { schema: AddAgentRequest, example: exampleAgentRequest },
    answers: { 201: { ...agent('The agent.'), headers: ['Studio-Position'] } },
    errors: addErrors,
  },
  {
    ...{ ...one, id: 'getAgent', method: 'get' },
    summary: 'One agent',
    headers: ['Studio-Min-Position'],
    answers: { 200: { ...agent('The agent.'), headers: ['Studio-Stale'] } },
    errors: { 404: ['agent.not_found'] },
  },
  {
    ...{ ...one, id: 'changeAgent', method: 'put' },
    summary: 'Change an agent',
    description: 'What is absent stays; null empties what may be empty, and keeps the rest.',
    body: { schema: ChangeAgentRequest, example: { temperature: 0.7 } },
    answers: { 200: { ...agent('The agent as it is now.'), headers: ['Studio-Position'] } },
    errors: { 400: ['agent.invalid'], ...changeErrors },
  },
  {
    ...{ ...one, id: 'removeAgent', method: 'delete' },
    summary: 'Remove an agent',
    answers: { 204: { description: 'It is gone.', headers: ['Studio-Position'] } },
    errors: changeErrors,
  },
  {
    ...{ ...one, id: 'testAgent', method: 'post', path: '/agents/{agent_id}/test' },
    summary: 'Ask an agent once',
    description:
      'The input is its prompt, and its settings alone count. Starts a run of the agent alone and waits for its end, two minutes at most.',
    body: {
      schema: TestAgentRequest,
      required: false,
      example: { input_data: { text: 'A long story about a short circuit.' } },
    },
    answers: {
      200: {
        ...{ description: 'What it answered, or why it did not.', schema: AgentTestView },
        example: {
          ...{ success: true, output: { response: 'Too short.' }, execution_time_ms: 912 },
          execution_id: exampleIds.execution,
        },
        headers: ['Studio-Position'],
      },
    },
    errors: { ...changeErrors, 409: ['workflow.halted', 'workspace.halted'] },
  },
  {
    ...{ ...ofWorkflow, id: 'listWorkflowAgents', method: 'get' },
    path: '/agents/workflow/{workflow_id}/agents',
    summary: 'The agents of a workflow',
    description: 'An unknown workflow has none.',
    headers: ['Studio-Min-Position'],
    answers: { 200: { ...agents, headers: ['Studio-Stale'] } },
  },
  {
    ...{ ...ofWorkflow, id: 'addAgents', method: 'post' },
    path: '/agents/workflow/{workflow_id}/bulk',
    summary: 'Add several agents at once',
    description: 'All of them or none.',
    headers: ['Idempotency-Key'],
    body: {
      schema: AddAgentsRequest,
      example: [exampleAgentRequest, { ...exampleAgentRequest, name: 'Critic' }],
    },
    answers: { 201: { ...agents, headers: ['Studio-Position'] } },
    errors: addErrors,
  },
];
