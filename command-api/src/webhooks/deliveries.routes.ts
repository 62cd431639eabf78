import type { ExecutionId, WebhookAcceptedView } from '@studio/contracts';
import {
  bodyReader,
  clientKey,
  countRequest,
  createMemoryRateLimiter,
  leaveBodies,
} from '@studio/infra/http';
import type { Express, Request, RequestHandler, Response } from 'express';

import type { CommandApiDependencies } from '../dependencies.ts';
import { isSkipped, unlessSkipped } from '../executions/skippedStart.ts';
import type { Started, StartParts } from '../executions/startRun.ts';
import { whileAwaited } from '../executions/whileAwaited.ts';
import { segment } from '../requests.ts';
import { readWebhookToken, webhookSecret, type WebhookToken } from './credentials.ts';
import { waitOf } from './delivery.ts';
import { outcomeOf } from './outcome.ts';
import { verifySignature } from './signature.ts';
import { startByDelivery } from './startByDelivery.ts';
import { triggersIn, webhookNotFound, webhookTarget } from './target.ts';

const mostBodyBytes = 10 * 1024 * 1024;
const defaultLimit = { points: 600, seconds: 60 };
/** Of one client: a URL of ours is not guessed, and nobody needs to try. */
const badTokens = { points: 60, seconds: 60 };
const code = 'webhook.rate_limited';

/** The token of the URL. What the studio never made is refused here, and soon not even answered. */
const createRecognise = (dependencies: CommandApiDependencies) => {
  const limiter = createMemoryRateLimiter(badTokens);
  return async (request: Request, response: Response): Promise<WebhookToken> => {
    const token = readWebhookToken(dependencies.auth.webhookHmac, segment(request, 'token'));
    if (token) return token;
    const detail = 'Too many unknown webhooks';
    await countRequest(response, limiter, [clientKey(request.ip)], { code, detail });
    throw webhookNotFound();
  };
};

const createCountDelivery = ({ webhookLimit = defaultLimit }: CommandApiDependencies) => {
  const limiter = createMemoryRateLimiter(webhookLimit);
  const detail = `${webhookLimit.points} per ${webhookLimit.seconds} seconds`;
  return (response: Response, { webhookId }: WebhookToken): Promise<void> =>
    countRequest(response, limiter, [webhookId], { code, detail });
};

/** Needs the master key and the clock alone: who cannot sign costs no look at the log. */
const refuseUnsigned = (
  { auth, clock }: CommandApiDependencies,
  { signature, webhookId }: WebhookToken,
  { request, body }: { readonly request: Request; readonly body: Uint8Array },
): void => {
  if (signature === 'none') return;
  const delivery = {
    ...{ id: request.get('webhook-id'), timestamp: request.get('webhook-timestamp') },
    ...{ signatures: request.get('webhook-signature'), body },
  };
  const secret = webhookSecret(auth.webhookHmac, webhookId);
  verifySignature(secret, delivery, Date.parse(clock()));
};

const givesResult = ({ data }: Started, { method: used }: Request): boolean =>
  triggersIn(data.definition.nodes).some(
    ({ method, respond }) => method === used && respond === 'result',
  );

const mostWaiting = 200;

const createAnswer = ({ log, prefix = '/api/v1' }: CommandApiDependencies) => {
  let waiting = 0;
  const result = async (response: Response, started: Started, waitMs: number) => {
    if (waitMs === 0 || waiting >= mostWaiting || !givesResult(started, response.req)) return null;
    waiting += 1;
    try {
      const id = started.data.executionId as ExecutionId; // as it was recorded
      return await outcomeOf(log, id, whileAwaited(response, waitMs));
    } finally {
      waiting -= 1;
    }
  };
  return async (response: Response, started: Started, waitMs: number): Promise<void> => {
    const { executionId: execution_id, workflowId: workflow_id } = started.data;
    const ended = await result(response, started, waitMs);
    if (response.destroyed) return; // the sender has left
    response.location(`${prefix}/executions/${execution_id}`);
    if (ended) {
      response.json(ended);
      return;
    }
    const accepted: WebhookAcceptedView = {
      ...{ execution_id, workflow_id, status: 'pending', created_at: started.opened.occurredAt },
    };
    response.status(202).json(accepted);
  };
};

const deliver = (parts: StartParts): RequestHandler => {
  const { dependencies } = parts;
  const recognise = createRecognise(dependencies);
  const countDelivery = createCountDelivery(dependencies);
  const readBody = bodyReader(mostBodyBytes);
  const answer = createAnswer(dependencies);
  return async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const token = await recognise(request, response);
    await countDelivery(response, token);
    const body = await readBody(request, response);
    refuseUnsigned(dependencies, token, { request, body });
    const waitMs = waitOf(request);
    const target = await webhookTarget(parts, token);
    const started = await unlessSkipped(
      startByDelivery(parts, { request, response, body, target }),
    );
    if (isSkipped(started)) {
      const { workflowId: workflow_id } = target.saved;
      const { skippedFor: execution_id } = started;
      response.location(`${dependencies.prefix ?? '/api/v1'}/executions/${execution_id}`);
      response.status(202).json({ execution_id, workflow_id, status: 'skipped' });
      return;
    }
    await answer(response, started, waitMs);
  };
};

/** Where webhooks are delivered to, by whoever has their URL. */
export const deliveryRoutes = (app: Express, prefix: string, parts: StartParts): void => {
  const handler = deliver(parts);
  const below = `${prefix}/webhooks/`.toLowerCase();
  leaveBodies(app, (path) => path.startsWith(below));
  app.get(`${prefix}/webhooks/:token`, handler);
  app.post(`${prefix}/webhooks/:token`, handler);
};
