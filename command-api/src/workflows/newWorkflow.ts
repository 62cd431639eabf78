import {
  StudioError,
  type WorkflowContent,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';
import { handle, type NewAgent, workflow } from '@studio/domain';
import type { Caller } from '@studio/infra';
import type { Request, Response } from 'express';

import { createTellPosition } from '../answers.ts';
import { claimOf, madeBefore } from '../idempotency.ts';
import { causeOf } from '../requests.ts';
import type { WorkflowParts } from './savedWorkflow.ts';
import { answerWorkflow } from './workflowAnswer.ts';

const workspaceNotFound = (): StudioError =>
  new StudioError('not_found', 'workspace.not_found', 'Workspace not found');

interface Requested {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  /** The route's method and pattern, which an Idempotency-Key belongs to. */
  readonly route: string;
}

interface Asked {
  /** Null: the caller's personal one. */
  readonly workspaceId: string | null;
  readonly content: WorkflowContent;
  readonly parentWorkflowId: string | null;
  /** Those of the source, when it is a copy. */
  readonly agents: readonly NewAgent[];
}

/** Makes a workflow, or finds the one that the same Idempotency-Key made, and answers it with 201. */
export const createNewWorkflow = (parts: WorkflowParts) => {
  const { dependencies, access, lookUp } = parts;
  const { log, newId, clock, prefix = '/api/v1' } = dependencies;
  const tellPosition = createTellPosition(dependencies);
  return async ({ request, response, caller, route }: Requested, asked: Asked): Promise<void> => {
    const { content, parentWorkflowId } = asked;
    const agents = { now: clock(), added: asked.agents };
    const workspaceId = asked.workspaceId ?? caller.workspaceId;
    await access(caller, workspaceId, 'edit_workflows', workspaceNotFound);
    const claimed = claimOf(dependencies, request, caller, route);
    const workflowId = (claimed?.id ?? newId()) as WorkflowId; // here workflow ids come to be
    const stream = workflowStream(workflowId);
    const before = async () => claimed && (await madeBefore(log, workflow, stream, claimed));
    const make = async () => {
      const cause = causeOf(dependencies, request, response, { ...caller, workspaceId });
      const origin = { workflowId, ownerId: caller.userId, parentWorkflowId };
      const made = await handle(dependencies, workflow, {
        ...{ stream, fresh: true, keys: () => ({}) },
        cause: claimed ? { ...cause, requestHash: claimed.requestHash } : cause,
        command: { type: 'CreateWorkflow', data: { ...origin, content, agents } },
      });
      return made.events.length > 0 ? made : ((await before()) ?? made);
    };
    const made = (await before()) ?? (await make());
    tellPosition(response, caller.sessionId, made.head);
    response.status(201).location(`${prefix}/workflows/${workflowId}`);
    answerWorkflow(response, made, lookUp);
  };
};
