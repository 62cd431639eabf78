import {
  type ExecutionId,
  type StreamName,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';
import { isSaved, rerunData, workflow } from '@studio/domain';
import type { Express } from 'express';

import { answerJson, createTellPosition } from '../answers.ts';
import type { CommandApiDependencies } from '../dependencies.ts';
import type { Folds } from '../folds.ts';
import { type Claimed, claimOf } from '../idempotency.ts';
import { refuseWhileHalted } from '../refuseHalted.ts';
import { type CallerHandler, causeOf, signedIn } from '../requests.ts';
import { workflowNotFound } from '../workflows/workflowAnswer.ts';
import { acceptedAnswer } from './executionAnswer.ts';
import { findRun, type RunParts } from './findRun.ts';
import type { Ordered } from './order.ts';
import { isSkipped, unlessSkipped } from './skippedStart.ts';
import { recordOpening, type Started, startOnce } from './startRun.ts';

type Parts = RunParts & { readonly folds: Folds };

/** Errors: `workflow.not_found` once it is deleted, and those of its kill switch. */
const refuseUnstartable = async (
  { folds }: Parts,
  { known, workspaceId }: Ordered['found'],
): Promise<void> => {
  const { workflowId } = known.state;
  const { state } = await folds.load(workflow, workflowStream(workflowId as WorkflowId)); // from the log
  if (!isSaved(state)) throw workflowNotFound();
  await refuseWhileHalted(folds, workflowId, workspaceId);
};

const openingOf = async (
  { log }: CommandApiDependencies,
  stream: StreamName,
): Promise<Started['data']> => {
  const [first] = await log.readStream(stream, { limit: 1 }, 'open');
  if (first?.type !== 'WorkflowStarted') throw new Error(`${stream} does not open with its start`);
  return first.data;
};

/** Null when another request with the same Idempotency-Key started it first. */
const begin = async (
  parts: Parts,
  { request, response, caller, found }: Ordered,
  { executionId, claimed }: { executionId: ExecutionId; claimed: Claimed | null },
): Promise<Started | null> => {
  const { dependencies } = parts;
  await refuseUnstartable(parts, found);
  const { userId } = caller;
  const cause = {
    ...causeOf(dependencies, request, response, { userId, workspaceId: found.workspaceId }),
    ...(claimed ? { requestHash: claimed.requestHash } : {}),
  };
  const first = await openingOf(dependencies, found.stream);
  const ids = { executionId, userId, keyId: await dependencies.keys.reserve() };
  const data = rerunData(found.known.state, first, { ...ids, now: cause.occurredAt });
  return recordOpening(dependencies, data, cause);
};

/** Answers as a start does: what is run again is a run of its own. */
const rerun = (parts: Parts): CallerHandler => {
  const { dependencies } = parts;
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await findRun(parts, request, caller, 'execute_workflows');
    const ordered = { request, response, caller, found };
    const claimed = claimOf(dependencies, request, caller, 'POST /executions/{id}/rerun');
    const started = await unlessSkipped(
      startOnce(dependencies, claimed, (executionId) =>
        begin(parts, ordered, { executionId, claimed }),
      ),
    );
    if (isSkipped(started)) {
      const { workflowId: workflow_id } = found.known.state;
      answerJson(response, 200, { id: started.skippedFor, workflow_id, skipped: true });
      return;
    }
    tellPosition(response, caller.sessionId, started.head);
    answerJson(response, 202, acceptedAnswer(started));
  };
};

export const rerunRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.post(`${prefix}/executions/:executionId/rerun`, signedIn(authenticator, rerun(parts)));
};
