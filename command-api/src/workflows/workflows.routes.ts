import {
  type ChangeWorkflowRequest as ChangeRequest,
  ChangeWorkflowRequest,
  type CreateWorkflowRequest as CreateRequest,
  CreateWorkflowRequest,
  StudioError,
  type WorkflowContent,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';
import { handle, type KindLookup, workflow } from '@studio/domain';
import type { Express } from 'express';

import type { Access } from '../access.ts';
import { createTellPosition } from '../answers.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import type { Folds } from '../folds.ts';
import { claimOf, madeBefore } from '../idempotency.ts';
import { kindLookup } from '../kinds.ts';
import { body, type CallerHandler, causeOf, pathId, signedIn } from '../requests.ts';
import { expectedVersion } from './ifMatch.ts';
import { answerWorkflow, workflowNotFound } from './workflowAnswer.ts';

const workspaceNotFound = (): StudioError =>
  new StudioError('not_found', 'workspace.not_found', 'Workspace not found');

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

interface Parts {
  readonly dependencies: CommandApiDependencies;
  readonly folds: Folds;
  readonly access: Access;
  readonly lookUp: KindLookup;
}

const create = ({ dependencies, access, lookUp }: Parts): CallerHandler => {
  const { log, newId } = dependencies;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const asked = body(CreateWorkflowRequest, request);
    const workspaceId = asked.workspace_id ?? caller.workspaceId;
    await access(caller, workspaceId, 'edit_workflows', workspaceNotFound());
    const claimed = claimOf(dependencies, request, caller, 'POST /workflows');
    const workflowId = (claimed?.id ?? newId()) as WorkflowId; // here workflow ids come to be
    const stream = workflowStream(workflowId);
    const before = async () => claimed && (await madeBefore(log, workflow, stream, claimed));
    const make = async () => {
      const cause = causeOf(dependencies, request, response, { ...caller, workspaceId });
      const origin = { workflowId, ownerId: caller.userId, parentWorkflowId: null };
      const made = await handle(dependencies, workflow, {
        ...{ stream, fresh: true, keys: () => ({}) },
        cause: claimed ? { ...cause, requestHash: claimed.requestHash } : cause,
        command: { type: 'CreateWorkflow', data: { ...origin, content: contentOf(asked) } },
      });
      return made.events.length > 0 ? made : ((await before()) ?? made);
    };
    const made = (await before()) ?? (await make());
    tellPosition(response, caller.sessionId, made.head);
    response.status(201).location(`${request.baseUrl}${request.path}/${workflowId}`);
    answerWorkflow(response, made, lookUp);
  };
};

const change = ({ dependencies, folds, access, lookUp }: Parts): CallerHandler => {
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const workflowId = pathId(request, 'workflowId') as WorkflowId; // checked to be one
    const changes = changesOf(body(ChangeWorkflowRequest, request));
    const version = expectedVersion(request);
    const stream = workflowStream(workflowId);
    const known = await folds.load(workflow, stream);
    const workspaceId = known.opened?.workspaceId;
    if (workspaceId === undefined) throw workflowNotFound();
    await access(caller, workspaceId, 'edit_workflows', workflowNotFound());
    const changed = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: { type: 'ChangeWorkflow', data: { workflowId, changes, expectedVersion: version } },
    });
    tellPosition(response, caller.sessionId, changed.head);
    answerWorkflow(response, changed, lookUp);
  };
};

export const workflowRoutes = (
  app: Express,
  prefix: string,
  { dependencies, folds, access }: Omit<Parts, 'lookUp'>,
): void => {
  const { authenticator } = dependencies.auth;
  const parts = { dependencies, folds, access, lookUp: kindLookup(dependencies.findKind) };
  app.post(`${prefix}/workflows`, signedIn(authenticator, create(parts)));
  app.put(`${prefix}/workflows/:workflowId`, signedIn(authenticator, change(parts)));
};
