import {
  CancelExecutionRequest,
  DomainError,
  PauseExecutionRequest,
  ResolveNodeRequest,
  SkipNodeRequest,
} from '@studio/contracts';
import { isForgotten, isOver, type Run, shownStatus } from '@studio/domain';
import type { Express } from 'express';

import type { Folds } from '../folds.ts';
import { refuseWhileHalted } from '../refuseHalted.ts';
import { body, type CallerHandler, segment, signedIn } from '../requests.ts';
import { findRun, type RunParts } from './findRun.ts';
import { eraseRun } from './forget.ts';
import { order } from './order.ts';

type Parts = RunParts & { readonly folds: Folds };

const actionResult = (message: string, state: Run) => ({
  ...{ success: true, message, execution_id: state.executionId, status: shownStatus(state) },
});

const cancel = (parts: RunParts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    const { reason } = body(CancelExecutionRequest, request);
    const ordered = { request, response, caller, found };
    const state = await give(ordered, { type: 'CancelWorkflow', data: { reason } });
    const message = isOver(state)
      ? 'Execution cancelled successfully'
      : 'Execution is cancelled once what it did is undone';
    response.json(actionResult(message, state));
  };
};

const pause = (parts: RunParts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    const data = body(PauseExecutionRequest, request);
    const state = await give({ request, response, caller, found }, { type: 'PauseWorkflow', data });
    response.json(actionResult('Execution paused successfully', state));
  };
};

const resume = (parts: Parts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    await refuseWhileHalted(parts.folds, found.known.state.workflowId, found.workspaceId);
    const ordered = { request, response, caller, found };
    const state = await give(ordered, { type: 'ResumeWorkflow', data: {} });
    response.json(actionResult('Execution resumed successfully', state));
  };
};

/** As after a start, the answer says `pending`, whatever follows at once. */
const retry = (parts: Parts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    await refuseWhileHalted(parts.folds, found.known.state.workflowId, found.workspaceId);
    const ordered = { request, response, caller, found };
    const now = parts.dependencies.clock();
    const state = await give(ordered, { type: 'RetryWorkflow', data: { now } });
    response.json({
      ...actionResult('Execution retry initiated', state),
      status: 'pending',
    });
  };
};

const resolve = (parts: Parts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    const resolution = body(ResolveNodeRequest, request);
    const nodeId = segment(request, 'nodeId');
    const data = { nodeId, resolution, now: parts.dependencies.clock() };
    const state = await give({ request, response, caller, found }, { type: 'ResolveNode', data });
    response.json({ ...actionResult('Node resolved successfully', state), node_id: nodeId });
  };
};

const skip = (parts: Parts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    const nodeId = segment(request, 'nodeId');
    const data = { nodeId, ...body(SkipNodeRequest, request) };
    const state = await give({ request, response, caller, found }, { type: 'SkipNode', data });
    response.json({ ...actionResult('Node skipped successfully', state), node_id: nodeId });
  };
};

const forget = (parts: Parts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'erase_runs');
    const { state: before } = found.known;
    // A run that was retried while its key was being deleted is open, and forgotten all the same.
    if (!isOver(before) && !isForgotten(before))
      throw new DomainError('execution.not_ended', 'Only a run that has ended can be forgotten');
    const ordered = { request, response, caller, found };
    const state = await eraseRun(parts.dependencies, before, () =>
      give(ordered, { type: 'RecordErasure', data: {} }),
    );
    response.json(actionResult('Execution data erased', state));
  };
};

export const executionRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  const at = `${prefix}/executions/:executionId`;
  app.post(`${at}/cancel`, signedIn(authenticator, cancel(parts)));
  app.post(`${at}/pause`, signedIn(authenticator, pause(parts)));
  app.post(`${at}/resume`, signedIn(authenticator, resume(parts)));
  app.post(`${at}/retry`, signedIn(authenticator, retry(parts)));
  app.post(`${at}/nodes/:nodeId/resolve`, signedIn(authenticator, resolve(parts)));
  app.post(`${at}/nodes/:nodeId/skip`, signedIn(authenticator, skip(parts)));
  app.post(`${at}/forget`, signedIn(authenticator, forget(parts)));
};
