import {
  AliasName,
  type AliasView,
  RollBackRequest,
  SetAliasRequest,
  standingAliases,
} from '@studio/contracts';
import {
  type Alias,
  aliasOf,
  chosenVersion,
  handle,
  workflow,
  type WorkflowAt,
  type WorkflowCommand,
} from '@studio/domain';
import { type Caller, invalidRequest } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import { createTellPosition } from '../answers.ts';
import { body, type CallerHandler, causeOf, segment, signedIn } from '../requests.ts';
import { expectedVersion } from './ifMatch.ts';
import { type FoundWorkflow, workflowFor, type WorkflowParts } from './savedWorkflow.ts';
import { answerWorkflow } from './workflowAnswer.ts';

interface Asked {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
}

const viewOf = (workflowId: string, name: string, alias: Alias): AliasView => ({
  ...{ workflow_id: workflowId, alias: name, version: alias.version },
  ...{ set_by: alias.setBy, set_at: alias.setAt },
});

/** Error: `request.invalid`, also for a name that means something already. */
const aliasNamed = (request: Request): string => {
  const { data } = AliasName.safeParse(segment(request, 'alias'));
  if (data !== undefined && !standingAliases.some((standing) => standing === data)) return data;
  const msg = `An alias has lower-case letters, digits, _ and -, begins with a letter, and is none of ${standingAliases.join(', ')}`;
  throw invalidRequest([{ type: 'value_error', loc: ['path', 'alias'], msg }]);
};

/** Gives the workflow an order and tells where that stands. */
const order = ({ dependencies }: WorkflowParts) => {
  const tellPosition = createTellPosition(dependencies);
  return async (asked: Asked, found: FoundWorkflow, command: WorkflowCommand) => {
    const { request, response, caller } = asked;
    const { stream, known, workspaceId } = found;
    const handled = await handle(dependencies, workflow, {
      ...{ stream, known, command, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
    });
    tellPosition(response, caller.sessionId, handled.head);
    return handled;
  };
};

const rollBack = (parts: WorkflowParts, workflowAt: WorkflowAt): CallerHandler => {
  const give = order(parts);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const { version: to } = body(RollBackRequest, request);
    const { content, agents } = await chosenVersion(workflowAt, found, { version: to });
    const changed = await give({ request, response, caller }, found, {
      type: 'RollBackWorkflow',
      data: {
        ...{ workflowId: found.workflowId, to, content, agents, userId: caller.userId },
        ...{ now: parts.dependencies.clock(), expectedVersion: expectedVersion(request) },
      },
    });
    answerWorkflow(response, changed, parts.lookUp);
  };
};

const setAlias = (parts: WorkflowParts): CallerHandler => {
  const give = order(parts);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const alias = aliasNamed(request);
    const { workflowId } = found;
    const { version } = body(SetAliasRequest, request);
    const set = { workflowId, alias, version, setBy: caller.userId };
    const { state } = await give({ request, response, caller }, found, {
      type: 'SetAlias',
      data: { ...set, setAt: parts.dependencies.clock() },
    });
    if (!('aliases' in state)) throw new Error('a workflow with an alias is a saved one');
    response.json(viewOf(workflowId, alias, aliasOf(state, alias)));
  };
};

const removeAlias = (parts: WorkflowParts): CallerHandler => {
  const give = order(parts);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const data = { workflowId: found.workflowId, alias: aliasNamed(request) };
    await give({ request, response, caller }, found, { type: 'RemoveAlias', data });
    response.status(204).end();
  };
};

const listAliases =
  (parts: WorkflowParts): CallerHandler =>
  async (request, response, caller) => {
    const { workflowId, saved } = await workflowFor(parts, request, caller, 'view_workflows');
    const inOrder = [...saved.aliases].sort(([one], [other]) => (one < other ? -1 : 1));
    response.json(inOrder.map(([name, alias]) => viewOf(workflowId, name, alias)));
  };

/** Older versions of a workflow and the names that stand for them. */
export const workflowVersionRoutes = (
  app: Express,
  prefix: string,
  { workflowAt, ...parts }: WorkflowParts & { readonly workflowAt: WorkflowAt },
): void => {
  const { authenticator } = parts.dependencies.auth;
  const at = `${prefix}/workflows/:workflowId`;
  app.post(`${at}/rollback`, signedIn(authenticator, rollBack(parts, workflowAt)));
  app.get(`${at}/aliases`, signedIn(authenticator, listAliases(parts)));
  app.put(`${at}/aliases/:alias`, signedIn(authenticator, setAlias(parts)));
  app.delete(`${at}/aliases/:alias`, signedIn(authenticator, removeAlias(parts)));
};
