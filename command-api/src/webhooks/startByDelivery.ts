import { createHash } from 'node:crypto';

import { type ExecutionId, StudioError } from '@studio/contracts';
import type { SavedWorkflow } from '@studio/domain';
import type { Request, Response } from 'express';

import type { CommandApiDependencies } from '../dependencies.ts';
import {
  type Asked,
  recordStart,
  type Started,
  startOnce,
  type StartParts,
} from '../executions/startRun.ts';
import type { Claimed } from '../idempotency.ts';
import { refuseWhileHalted } from '../refuseHalted.ts';
import { causeOf } from '../requests.ts';
import { deliveryIdOf, queryOf, triggerOf } from './delivery.ts';
import { notPublished, triggersIn, type WebhookTarget } from './target.ts';

/** One request to a webhook, its sender known to be allowed. */
export interface Delivery {
  readonly request: Request;
  readonly response: Response;
  readonly body: Uint8Array;
  readonly target: WebhookTarget;
}

type Parts = Pick<StartParts, 'dependencies' | 'folds' | 'pin'>;

/** What the delivery's id stands for; null when it has none. Under a webhook issued anew it still names the same run. */
const claimOf = (
  { auth, deterministicId }: CommandApiDependencies,
  { request, body, target }: Delivery,
): Claimed | null => {
  const delivery = deliveryIdOf(request);
  if (!delivery) return null;
  const digest = createHash('sha256').update(body).digest('hex');
  const asked = JSON.stringify([request.method, queryOf(request), digest]);
  return {
    id: deterministicId(['webhook', target.saved.workflowId, delivery.id]),
    requestHash: auth.requestHmac(asked).toString('hex'),
    header: delivery.header,
  };
};

/** Error: `request.method_not_allowed`, when no trigger of the workflow takes the method. */
const askedBy = (
  { pin }: Parts,
  { request, response, body }: Delivery,
  published: SavedWorkflow,
): Asked => {
  const triggers = triggersIn(pin(published).definition.nodes);
  const trigger = triggers.find(({ method }) => method === request.method);
  if (!trigger) {
    response.setHeader('Allow', triggers.map(({ method }) => method).join(', '));
    throw new StudioError('refused', 'request.method_not_allowed', 'Method Not Allowed');
  }
  return {
    ...{ workflowId: published.workflowId, triggerType: 'webhook', context: {} },
    ...{ trigger: triggerOf(request, body, trigger), priority: 0, maxRetries: 3 },
  };
};

/** Null when the run is there already. */
const begin = async (
  parts: Parts,
  delivery: Delivery,
  { executionId, claimed }: { executionId: ExecutionId; claimed: Claimed | null },
): Promise<Started | null> => {
  const { request, response, target } = delivery;
  const { published: saved, issuedBy: userId, webhookId, workspaceId } = target;
  if (!saved) throw notPublished(target.saved);
  await refuseWhileHalted(parts.folds, saved.workflowId, workspaceId);
  const cause = {
    ...causeOf(parts.dependencies, request, response, { userId, workspaceId }),
    actor: { kind: 'webhook' as const, id: webhookId },
    ...(claimed ? { requestHash: claimed.requestHash } : {}),
  };
  const asked = askedBy(parts, delivery, saved);
  return recordStart(parts, { executionId, saved, userId, cause }, asked);
};

/**
 * Starts the run of a delivery, or finds the one that it started before, whatever has become of the
 * workflow since. Errors: `webhook.not_published`, `webhook.no_trigger`, `request.idempotency_key_reused`
 * for another delivery under the same id, and those of `pin`.
 */
export const startByDelivery = async (parts: Parts, delivery: Delivery): Promise<Started> => {
  const claimed = claimOf(parts.dependencies, delivery);
  return startOnce(parts.dependencies, claimed, (executionId) =>
    begin(parts, delivery, { executionId, claimed }),
  );
};
