import { StartExecutionRequest, StartWorkflowExecutionRequest } from '@studio/contracts';
import type { Express, Response } from 'express';

import { answerJson, createTellPosition } from '../answers.ts';
import { body, type CallerHandler, pathId, signedIn } from '../requests.ts';
import { acceptedAnswer, pendingAnswer } from './executionAnswer.ts';
import { isSkipped, type SkippedStart, unlessSkipped } from './skippedStart.ts';
import { type StartParts, startRun } from './startRun.ts';

type Options = Omit<
  ReturnType<typeof StartWorkflowExecutionRequest.parse>,
  'input_data' | 'version' | 'alias'
>;

const optionsOf = ({ context, priority, max_retries, scheduled_at, ...named }: Options) => ({
  ...{ context, priority, maxRetries: max_retries },
  ...(typeof scheduled_at === 'string' ? { scheduledAt: scheduled_at } : {}),
  names: { businessKey: named.business_key ?? null, tags: named.tags, labels: named.labels },
});

const answerSkipped = (
  response: Response,
  workflow_id: string,
  { skippedFor: id }: SkippedStart,
) => {
  answerJson(response, 200, { id, workflow_id, skipped: true });
};

/** POST /executions: the way to start a run. */
const startExecution = (parts: StartParts): CallerHandler => {
  const tellPosition = createTellPosition(parts.dependencies);
  return async (request, response, caller) => {
    const { workflow_id, trigger_type, trigger_data, version, alias, ...options } = body(
      StartExecutionRequest,
      request,
    );
    const choice = { version, alias };
    const asked = { workflowId: workflow_id, triggerType: trigger_type, trigger: trigger_data };
    const requested = { request, response, caller, choice, route: 'POST /executions' };
    const started = await unlessSkipped(
      startRun(parts, requested, { ...asked, ...optionsOf(options) }),
    );
    if (isSkipped(started)) {
      answerSkipped(response, workflow_id, started);
      return;
    }
    tellPosition(response, caller.sessionId, started.head);
    answerJson(response, 202, acceptedAnswer(started));
  };
};

/** POST /workflows/{id}/executions: the older way, kept. */
const startWorkflowExecution = (parts: StartParts): CallerHandler => {
  const tellPosition = createTellPosition(parts.dependencies);
  return async (request, response, caller) => {
    const workflowId = pathId(request, 'workflowId');
    const { input_data, version, alias, ...options } = body(StartWorkflowExecutionRequest, request);
    const choice = { version, alias };
    const asked = {
      ...{ workflowId, triggerType: 'manual' as const, trigger: input_data },
      ...optionsOf(options),
    };
    const route = 'POST /workflows/{id}/executions';
    const requested = { request, response, caller, choice, route };
    const started = await unlessSkipped(startRun(parts, requested, asked));
    if (isSkipped(started)) {
      answerSkipped(response, workflowId, started);
      return;
    }
    tellPosition(response, caller.sessionId, started.head);
    answerJson(response, 201, pendingAnswer(started, asked));
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
