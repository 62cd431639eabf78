import {
  type ExecutionId,
  type FileAcceptedView,
  mostFileBytes,
  workflowStream,
} from '@studio/contracts';
import { chosenVersion } from '@studio/domain';
import type { Caller } from '@studio/infra';
import { bodyReader, leaveBodies } from '@studio/infra/http';
import type { Express, Request, Response } from 'express';

import { createTellPosition } from '../answers.ts';
import { isSkipped, unlessSkipped } from '../executions/skippedStart.ts';
import { recordStart, type Started, startOnce, type StartParts } from '../executions/startRun.ts';
import { type Claimed, keyOf } from '../idempotency.ts';
import { refuseWhileHalted } from '../refuseHalted.ts';
import { type CallerHandler, causeOf, segment, signedIn } from '../requests.ts';
import { type FoundWorkflow, workflowFor, type WorkflowParts } from '../workflows/savedWorkflow.ts';
import { fileTriggerIn, refuseOtherFile } from './fileTriggers.ts';
import { toldOf, type UploadedFile, uploadedFile } from './uploadedFile.ts';

type Parts = StartParts & WorkflowParts;

/** A form says more than the file in it. */
const mostBodyBytes = mostFileBytes + 64 * 1024;

/** One file that was sent to a workflow's trigger, by whoever may start it. */
interface Upload {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  readonly found: FoundWorkflow;
  readonly nodeId: string;
  readonly file: UploadedFile;
}

/** What the upload's key stands for; null when it has none. */
const claimOf = (
  { dependencies: { auth, deterministicId } }: Parts,
  { request, caller, found, nodeId, file }: Upload,
): Claimed | null => {
  const key = keyOf(request);
  if (key === null) return null;
  const place = [caller.workspaceId, caller.userId, found.workflowId, nodeId];
  return {
    id: deterministicId(['file', ...place, key]),
    requestHash: auth.requestHmac(JSON.stringify(file.view)).toString('hex'),
  };
};

/** Null when the run is there already. */
const begin = async (
  parts: Parts,
  { request, response, caller, found, nodeId, file }: Upload,
  { executionId, claimed }: { executionId: ExecutionId; claimed: Claimed | null },
): Promise<Started | null> => {
  const { workflowId, workspaceId, saved } = found;
  await refuseWhileHalted(parts.folds, workflowId, workspaceId);
  const chosen = { stream: workflowStream(workflowId), saved };
  const published = await chosenVersion(parts.workflowAt, chosen, { alias: 'published' });
  refuseOtherFile(fileTriggerIn(parts.pin(published).definition, nodeId), file);
  const { userId } = caller;
  const cause = {
    ...causeOf(parts.dependencies, request, response, { userId, workspaceId }),
    ...(claimed ? { requestHash: claimed.requestHash } : {}),
  };
  return recordStart(
    parts,
    { executionId, saved: published, userId, cause },
    {
      ...{ workflowId, triggerType: 'file', context: {}, priority: 0, maxRetries: 3 },
      trigger: { node_id: nodeId, file: toldOf(file) },
      firedBy: { by: 'file', nodeId },
    },
  );
};

const upload = (parts: Parts): CallerHandler => {
  const { dependencies } = parts;
  const { prefix = '/api/v1' } = dependencies;
  const readBody = bodyReader(mostBodyBytes);
  const tellPosition = createTellPosition(dependencies);
  return async (request, response, caller) => {
    const found = await workflowFor(parts, request, caller, 'execute_workflows');
    const body = await readBody(request, response);
    const file = await uploadedFile(request, new Uint8Array(body));
    const nodeId = segment(request, 'nodeId');
    const sent = { request, response, caller, found, nodeId, file };
    const claimed = claimOf(parts, sent);
    const started = await unlessSkipped(
      startOnce(dependencies, claimed, (executionId) =>
        begin(parts, sent, { executionId, claimed }),
      ),
    );
    const { workflowId: workflow_id } = found;
    if (isSkipped(started)) {
      const { skippedFor: execution_id } = started;
      response.location(`${prefix}/executions/${execution_id}`);
      response.status(202).json({ execution_id, workflow_id, status: 'skipped' });
      return;
    }
    const { executionId: execution_id } = started.data;
    tellPosition(response, caller.sessionId, started.head);
    response.location(`${prefix}/executions/${execution_id}`);
    const accepted: FileAcceptedView = {
      ...{ execution_id, workflow_id, status: 'pending', created_at: started.opened.occurredAt },
      file: file.view,
    };
    response.status(202).json(accepted);
  };
};

const uploads = /^\/workflows\/[^/]+\/files\//;

/** Where files are uploaded to, by whoever may start the workflow. */
export const fileRoutes = (app: Express, prefix: string, parts: Parts): void => {
  const { authenticator } = parts.dependencies.auth;
  const below = prefix.toLowerCase();
  leaveBodies(app, (path) => path.startsWith(below) && uploads.test(path.slice(below.length)));
  app.post(`${prefix}/workflows/:workflowId/files/:nodeId`, signedIn(authenticator, upload(parts)));
};
