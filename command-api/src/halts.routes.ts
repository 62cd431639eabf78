import { type Halt, HaltRequest, type HaltView } from '@studio/contracts';
import { haltIn, handle, workflow, workspace } from '@studio/domain';
import type { Caller } from '@studio/infra';
import type { Express, Request } from 'express';

import { createTellPosition } from './answers.ts';
import { body, type CallerHandler, causeOf, signedIn } from './requests.ts';
import { workflowFor, type WorkflowParts } from './workflows/savedWorkflow.ts';
import { workspaceFor } from './workspaceFor.ts';

type Scope = Pick<HaltView, 'scope' | 'id'>;

const off = { halted: false, runs: null, reason: null, halted_by: null, halted_at: null };

const viewOf = (scope: Scope, halt: Halt | null): HaltView => {
  if (!halt) return { ...scope, ...off };
  const { runs, reason, haltedBy: halted_by, haltedAt: halted_at } = halt;
  return { ...scope, halted: true, runs, reason, halted_by, halted_at };
};

const asked = ({ dependencies }: WorkflowParts, request: Request, caller: Caller): Halt => ({
  ...body(HaltRequest, request),
  ...{ haltedBy: caller.userId, haltedAt: dependencies.clock() },
});

/** Turns the kill switch of a workflow on or off. */
const turnWorkflow = (parts: WorkflowParts, to: 'on' | 'off'): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'halt_runs');
    const { workflowId, stream, known, workspaceId } = found;
    const { state, head } = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command:
        to === 'on'
          ? { type: 'HaltWorkflow', data: { workflowId, ...asked(parts, request, caller) } }
          : { type: 'ReleaseWorkflow', data: { workflowId } },
    });
    tellPosition(response, caller.sessionId, head);
    const halt = 'halt' in state ? state.halt : null;
    response.json(viewOf({ scope: 'workflow', id: workflowId }, halt));
  };
};

const turnWorkspace = (parts: WorkflowParts, to: 'on' | 'off'): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workspaceFor(parts, request, caller, 'halt_runs');
    const { workspaceId, stream, known } = found;
    const { state, head } = await handle(dependencies, workspace, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command:
        to === 'on'
          ? { type: 'HaltWorkspace', data: { workspaceId, ...asked(parts, request, caller) } }
          : { type: 'ReleaseWorkspace', data: { workspaceId } },
    });
    tellPosition(response, caller.sessionId, head);
    response.json(viewOf({ scope: 'workspace', id: workspaceId }, haltIn(state)));
  };
};

const showWorkflow =
  (parts: WorkflowParts): CallerHandler =>
  async (request, response, caller) => {
    const { workflowId, saved } = await workflowFor(parts, request, caller, 'view_workflows');
    response.json(viewOf({ scope: 'workflow', id: workflowId }, saved.halt));
  };

const showWorkspace =
  (parts: WorkflowParts): CallerHandler =>
  async (request, response, caller) => {
    const found = await workspaceFor(parts, request, caller, 'view_workflows');
    const scope = { scope: 'workspace', id: found.workspaceId } as const;
    response.json(viewOf(scope, haltIn(found.known.state)));
  };

/** The kill switches of workflows and workspaces. */
export const haltRoutes = (app: Express, prefix: string, parts: WorkflowParts): void => {
  const { authenticator } = parts.dependencies.auth;
  const ofWorkflow = `${prefix}/workflows/:workflowId`;
  const ofWorkspace = `${prefix}/workspaces/:workspaceId`;
  app.get(`${ofWorkflow}/halt`, signedIn(authenticator, showWorkflow(parts)));
  app.post(`${ofWorkflow}/halt`, signedIn(authenticator, turnWorkflow(parts, 'on')));
  app.post(`${ofWorkflow}/release`, signedIn(authenticator, turnWorkflow(parts, 'off')));
  app.get(`${ofWorkspace}/halt`, signedIn(authenticator, showWorkspace(parts)));
  app.post(`${ofWorkspace}/halt`, signedIn(authenticator, turnWorkspace(parts, 'on')));
  app.post(`${ofWorkspace}/release`, signedIn(authenticator, turnWorkspace(parts, 'off')));
};
