import {
  AddAgentQuery,
  AddAgentRequest,
  type AddAgentRequest as AddRequest,
  AddAgentsRequest,
  type AgentView,
  ChangeAgentRequest,
  type WorkflowId,
} from '@studio/contracts';
import { handle, isSaved, workflow, type WorkflowCommand } from '@studio/domain';
import { type Caller, parse } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import { createTellPosition } from '../answers.ts';
import { type Claimed, claimOf } from '../idempotency.ts';
import { body, type CallerHandler, causeOf, pathId, signedIn } from '../requests.ts';
import {
  editableWorkflow,
  type FoundWorkflow,
  workflowFor,
  type WorkflowParts,
} from '../workflows/savedWorkflow.ts';
import { addedBefore } from './addedBefore.ts';
import { agentView, changesOf, contentOf } from './agentRequests.ts';
import { workflowOfAgent } from './workflowOfAgent.ts';

interface Ordered {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  readonly found: FoundWorkflow;
  readonly claimed?: Claimed | null;
}

/** Gives the workflow an order and tells which agents it then has. */
const order = ({ dependencies }: WorkflowParts) => {
  const tellPosition = createTellPosition(dependencies);
  return async (
    { request, response, caller, found, claimed }: Ordered,
    command: WorkflowCommand,
  ): Promise<ReadonlyMap<string, AgentView>> => {
    const { stream, known, workspaceId } = found;
    const cause = causeOf(dependencies, request, response, { ...caller, workspaceId });
    const { state, head } = await handle(dependencies, workflow, {
      ...{ stream, known, command, keys: () => ({}) },
      cause: claimed ? { ...cause, requestHash: claimed.requestHash } : cause,
    });
    tellPosition(response, caller.sessionId, head);
    if (!isSaved(state)) return new Map();
    const { workflowId, agents } = state;
    return new Map(agents.map((agent) => [agent.agentId, agentView(workflowId, agent)]));
  };
};

/** Adds agents, all or none, and answers them in their order. */
const adding = (parts: WorkflowParts, route: string) => {
  const { dependencies } = parts;
  const { log, newId, deterministicId, clock } = dependencies;
  const give = order(parts);
  return async (ordered: Ordered, asked: readonly AddRequest[]): Promise<AgentView[]> => {
    const { request, caller, found } = ordered;
    const { workflowId, stream } = found;
    const claimed = claimOf(dependencies, request, caller, route);
    const agents = asked.map((one, index) => ({
      agentId: claimed ? deterministicId([claimed.id, workflowId, String(index)]) : newId(),
      content: contentOf(one),
    }));
    const ids = agents.map(({ agentId }) => agentId);
    const before = claimed ? await addedBefore(log, stream, claimed, ids) : [];
    if (claimed && before.length > 0) return before;
    const data = { workflowId, userId: caller.userId, now: clock(), agents };
    const views = await give({ ...ordered, claimed }, { type: 'AddAgents', data });
    return ids.flatMap((id) => views.get(id) ?? []);
  };
};

const add = (parts: WorkflowParts): CallerHandler => {
  const addTo = adding(parts, 'POST /agents');
  return async (request, response, caller) => {
    const { workflow_id } = parse(AddAgentQuery, request.query, 'query');
    const asked = body(AddAgentRequest, request);
    const found = await editableWorkflow(parts, workflow_id as WorkflowId, caller); // checked to be one
    const [added] = await addTo({ request, response, caller, found }, [asked]);
    response.status(201).json(added);
  };
};

const addMany = (parts: WorkflowParts): CallerHandler => {
  const addTo = adding(parts, 'POST /agents/workflow/{id}/bulk');
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const asked = body(AddAgentsRequest, request);
    response.status(201).json(await addTo({ request, response, caller, found }, asked));
  };
};

const change = (parts: WorkflowParts): CallerHandler => {
  const give = order(parts);
  return async (request, response, caller) => {
    const agentId = pathId(request, 'agentId');
    const found = await workflowOfAgent(parts, agentId, caller);
    const changes = changesOf(body(ChangeAgentRequest, request));
    const { workflowId } = found;
    const data = { workflowId, agentId, now: parts.dependencies.clock(), changes };
    const ordered = { request, response, caller, found };
    const views = await give(ordered, { type: 'ChangeAgent', data });
    response.json(views.get(agentId));
  };
};

const remove = (parts: WorkflowParts): CallerHandler => {
  const give = order(parts);
  return async (request, response, caller) => {
    const agentId = pathId(request, 'agentId');
    const found = await workflowOfAgent(parts, agentId, caller);
    const data = { workflowId: found.workflowId, agentId };
    await give({ request, response, caller, found }, { type: 'RemoveAgent', data });
    response.status(204).end();
  };
};

export const agentRoutes = (app: Express, prefix: string, parts: WorkflowParts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/agents`, signedIn(authenticator, add(parts)));
  app.post(`${prefix}/agents/workflow/:workflowId/bulk`, signedIn(authenticator, addMany(parts)));
  app.put(`${prefix}/agents/:agentId`, signedIn(authenticator, change(parts)));
  app.delete(`${prefix}/agents/:agentId`, signedIn(authenticator, remove(parts)));
};
