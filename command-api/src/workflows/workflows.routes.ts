import {
  type ChangeWorkflowRequest as ChangeRequest,
  ChangeWorkflowRequest,
  type CreateWorkflowRequest as CreateRequest,
  CreateWorkflowRequest,
  DuplicateWorkflowRequest,
  type NewId,
  type WorkflowContent,
} from '@studio/contracts';
import { type Agent, handle, type NewAgent, workflow } from '@studio/domain';
import { parse } from '@studio/infra';
import type { Express } from 'express';

import { createTellPosition } from '../answers.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { fromCanvasRecord } from './canvasRecord.ts';
import { expectedVersion } from './ifMatch.ts';
import { createNewWorkflow } from './newWorkflow.ts';
import { visibleWorkflow, workflowFor, type WorkflowParts } from './savedWorkflow.ts';
import { answerWorkflow } from './workflowAnswer.ts';

const contentOf = (request: CreateRequest): WorkflowContent => ({
  ...{ name: request.name, description: request.description ?? null },
  ...{ nodes: request.nodes, connections: request.connections, settings: request.settings },
  ...{ tags: request.tags, isPublic: request.is_public },
});

/** Null keeps what is there, except for the description, which may be none. */
const changesOf = ({ is_public, ...rest }: ChangeRequest): Partial<WorkflowContent> => {
  const asked = { ...rest, isPublic: is_public };
  const given = Object.entries(asked).filter(
    ([member, value]) => value !== undefined && (value !== null || member === 'description'),
  );
  return Object.fromEntries(given); // the members of a checked request
};

const create = (parts: WorkflowParts): CallerHandler => {
  const make = createNewWorkflow(parts);
  return async (request, response, caller) => {
    const asked = parse(CreateWorkflowRequest, fromCanvasRecord(request.body));
    await make(
      { request, response, caller, route: 'POST /workflows' },
      {
        workspaceId: asked.workspace_id ?? null,
        content: contentOf(asked),
        ...{ parentWorkflowId: null, agents: [] },
      },
    );
  };
};

const nameRoom = 255;
/** The name of a copy that nobody has named. */
const copyName = (name: string): string => {
  const end = ' (Copy)';
  const start = name.slice(0, nameRoom - end.length);
  return `${start.replace(/[\ud800-\udbff]$/, '')}${end}`; // no half of a character at the cut
};

/** The same agents under new ids; who was a sub-agent of whom stays so. */
const copiesOf = (agents: readonly Agent[], newId: NewId): NewAgent[] => {
  const ids = new Map(agents.map(({ agentId }) => [agentId, newId()]));
  return agents.map(({ agentId, content }) => ({
    agentId: ids.get(agentId) ?? agentId, // every one has a new id
    content: { ...content, subAgents: content.subAgents.map((id) => ids.get(id) ?? id) },
  }));
};

const duplicate = (parts: WorkflowParts): CallerHandler => {
  const make = createNewWorkflow(parts);
  return async (request, response, caller) => {
    const { saved } = await visibleWorkflow(parts, request, caller);
    const { name, workspace_id, copy_agents } = body(DuplicateWorkflowRequest, request);
    const { content, workflowId, agents } = saved;
    await make(
      { request, response, caller, route: 'POST /workflows/{id}/duplicate' },
      {
        workspaceId: workspace_id ?? null,
        content: { ...content, name: name ?? copyName(content.name), isPublic: false },
        parentWorkflowId: workflowId,
        agents: copy_agents ? copiesOf(agents, parts.dependencies.newId) : [],
      },
    );
  };
};

const change = (parts: WorkflowParts): CallerHandler => {
  const { dependencies, lookUp } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const changes = changesOf(parse(ChangeWorkflowRequest, fromCanvasRecord(request.body)));
    const version = expectedVersion(request);
    const { workflowId, stream, known, workspaceId } = found;
    const changed = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: { type: 'ChangeWorkflow', data: { workflowId, changes, expectedVersion: version } },
    });
    tellPosition(response, caller.sessionId, changed.head);
    answerWorkflow(response, changed, lookUp);
  };
};

export const workflowRoutes = (app: Express, prefix: string, parts: WorkflowParts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/workflows`, signedIn(authenticator, create(parts)));
  app.post(`${prefix}/workflows/:workflowId/duplicate`, signedIn(authenticator, duplicate(parts)));
  app.put(`${prefix}/workflows/:workflowId`, signedIn(authenticator, change(parts)));
};
