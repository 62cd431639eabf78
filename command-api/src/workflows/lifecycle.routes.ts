import { ChangeWorkflowStatusRequest } from '@studio/contracts';
import {
  defineWorkflow,
  handle,
  type KindLookup,
  refuseUnknown,
  type SavedWorkflow,
  workflow,
} from '@studio/domain';
import type { Express } from 'express';

import { createTellPosition } from '../answers.ts';
import { refuseUnkeptFileTriggers } from '../files/fileTriggers.ts';
import { body, type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { eventTriggersOf } from './eventTriggersOf.ts';
import { findingsOf } from './findings.ts';
import { visibleWorkflow, workflowFor, type WorkflowParts } from './savedWorkflow.ts';
import { schedulesOf } from './schedulesOf.ts';
import { answerWorkflow } from './workflowAnswer.ts';

/** Errors: `workflow.unknown_kind`, `trigger.invalid`. */
const refuseUnfit = ({ content, agents }: SavedWorkflow, lookUp: KindLookup): void => {
  const { definition, unknown } = defineWorkflow(content, lookUp, agents);
  refuseUnknown(unknown);
  refuseUnkeptFileTriggers(definition);
};

const changeStatus = (parts: WorkflowParts): CallerHandler => {
  const { dependencies, lookUp } = parts;
  const { clock } = dependencies;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'edit_workflows');
    const { status } = body(ChangeWorkflowStatusRequest, request);
    const { workflowId, stream, known, saved, workspaceId } = found;
    const now = clock();
    const isPublishing = status === 'published';
    if (isPublishing) refuseUnfit(saved, lookUp);
    const wanted = isPublishing ? schedulesOf(dependencies, saved, { lookUp, now }) : [];
    const triggers = isPublishing ? eventTriggersOf(dependencies, saved, lookUp) : [];
    const changed = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: {
        type: 'ChangeWorkflowStatus',
        data: {
          ...{ workflowId, status, checkedVersion: saved.version },
          schedules: { by: caller.userId, now, wanted },
          eventTriggers: { by: caller.userId, now, wanted: triggers },
        },
      },
    });
    tellPosition(response, caller.sessionId, changed.head);
    answerWorkflow(response, changed, lookUp);
  };
};

const remove = (parts: WorkflowParts): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'delete_workflows');
    const { workflowId, stream, known, workspaceId } = found;
    const deleted = await handle(dependencies, workflow, {
      ...{ stream, known, keys: () => ({}) },
      cause: causeOf(dependencies, request, response, { ...caller, workspaceId }),
      command: { type: 'DeleteWorkflow', data: { workflowId } },
    });
    tellPosition(response, caller.sessionId, deleted.head);
    response.status(204).end();
  };
};

const validate =
  (parts: WorkflowParts): CallerHandler =>
  async (request, response, caller) => {
    const { saved, workspaceId } = await visibleWorkflow(parts, request, caller);
    // Strangers may look at a public workflow, and not at who else starts it.
    const shown = workspaceId === caller.workspaceId ? saved : { ...saved, webhook: null };
    response.json(findingsOf(shown, parts.lookUp, parts.dependencies));
  };

/** What becomes of a workflow beside its content: its status, its check, its end. */
export const workflowLifecycleRoutes = (
  app: Express,
  prefix: string,
  parts: WorkflowParts,
): void => {
  const { authenticator } = parts.dependencies.auth;
  const at = `${prefix}/workflows/:workflowId`;
  app.delete(at, signedIn(authenticator, remove(parts)));
  app.patch(`${at}/status`, signedIn(authenticator, changeStatus(parts)));
  app.post(`${at}/validate`, signedIn(authenticator, validate(parts)));
};
