import { RewindExecutionRequest } from '@studio/contracts';
import { shownStatus } from '@studio/domain';
import type { Express } from 'express';

import type { Folds } from '../folds.ts';
import { refuseWhileHalted } from '../refuseHalted.ts';
import { body, type CallerHandler, signedIn } from '../requests.ts';
import { findRun, type RunParts } from './findRun.ts';
import { order } from './order.ts';

type Parts = RunParts & { readonly folds: Folds };

const rewind = (parts: Parts): CallerHandler => {
  const give = order(parts.dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    const { node_id: nodeId, reason = null } = body(RewindExecutionRequest, request);
    await refuseWhileHalted(parts.folds, found.known.state.workflowId, found.workspaceId);
    const data = { nodeId, reason, now: parts.dependencies.clock() };
    const ordered = { request, response, caller, found };
    const state = await give(ordered, { type: 'RewindWorkflow', data });
    response.json({
      ...{ success: true, message: 'Execution sent back' },
      ...{ execution_id: state.executionId, status: shownStatus(state), node_id: nodeId },
    });
  };
};

export const rewindRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/executions/:executionId/rewind`, signedIn(authenticator, rewind(parts)));
};
