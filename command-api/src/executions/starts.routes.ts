import { StartExecutionRequest, StartWorkflowExecutionRequest } from '@studio/contracts';
import type { Express } from 'express';

import { createTellPosition } from '../answers.ts';
import { body, type CallerHandler, pathId, signedIn } from '../requests.ts';
import { acceptedAnswer, pendingAnswer } from './executionAnswer.ts';
import { type StartParts, startRun } from './startRun.ts';

const noOptions = { context: {}, priority: 0, maxRetries: 3 };

/** POST /executions: the way to start a run. */
const startExecution = (parts: StartParts): CallerHandler => {
  const tellPosition = createTellPosition(parts.dependencies);
  return async (request, response, caller) => {
    const { workflow_id, trigger_type, trigger_data } = body(StartExecutionRequest, request);
    const asked = { workflowId: workflow_id, triggerType: trigger_type, trigger: trigger_data };
    const requested = { request, response, caller, route: 'POST /executions' };
    const started = await startRun(parts, requested, { ...asked, ...noOptions });
    tellPosition(response, caller.sessionId, started.head);
    response.status(202).json(acceptedAnswer(started));
  };
};

/** POST /workflows/{id}/executions: the older way, kept. */
const startWorkflowExecution = (parts: StartParts): CallerHandler => {
  const tellPosition = createTellPosition(parts.dependencies);
  return async (request, response, caller) => {
    const workflowId = pathId(request, 'workflowId');
    const { input_data, context, priority, max_retries } = body(
      StartWorkflowExecutionRequest,
      request,
    );
    const asked = {
      ...{ workflowId, triggerType: 'manual' as const, trigger: input_data },
      ...{ context, priority, maxRetries: max_retries },
    };
    const requested = { request, response, caller, route: 'POST /workflows/{id}/executions' };
    const started = await startRun(parts, requested, asked);
    tellPosition(response, caller.sessionId, started.head);
    response.status(201).json(pendingAnswer(started, asked));
  };
};

export const startRoutes = (app: Express, prefix: string, parts: StartParts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/executions`, signedIn(authenticator, startExecution(parts)));
  app.post(
    `${prefix}/workflows/:workflowId/executions`,
    signedIn(authenticator, startWorkflowExecution(parts)),
  );
};
