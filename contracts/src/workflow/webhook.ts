import { z } from 'zod';

import { Instant } from '../envelope.ts';

/** Whether a delivery must be signed; `none` is for senders that cannot sign. */
export const WebhookSignature = z.enum(['required', 'none']);
export type WebhookSignature = z.infer<typeof WebhookSignature>;

/** A webhook is its workflow's: these facts stand in the workflow's stream. */
export const webhookEvents = {
  /**
   * From now on this is the workflow's webhook; one that it had before counts no more. Its URL and its
   * secret are made of `webhookId` under the master key, and stand nowhere.
   */
  WebhookIssued: z.object({
    workflowId: z.string(),
    webhookId: z.string(),
    signature: WebhookSignature,
    issuedBy: z.string(),
    issuedAt: Instant,
  }),
  WebhookDisabled: z.object({ workflowId: z.string(), webhookId: z.string() }),
} as const;

/** Settings of a webhook-trigger node. */
export const WebhookTriggerConfig = z.object({
  method: z.enum(['GET', 'POST']).default('POST'),
  respond: z
    .enum(['accepted', 'result'])
    .default('accepted')
    .describe('Answer at once, or with the result of the run'),
  headers: z
    .array(z.string().regex(/^[A-Za-z0-9-]{1,100}$/))
    .max(20)
    .default([])
    .describe('Names of further headers that the run may see; never credentials'),
});
export type WebhookTriggerConfig = z.infer<typeof WebhookTriggerConfig>;

/** POST /workflows/{id}/webhook; the body may be left out. */
export const IssueWebhookRequest = z
  .object({ signature: WebhookSignature.default('required') })
  .prefault({});

/** A workflow's webhook, without what is secret of it. */
export const WebhookView = z.object({
  workflow_id: z.string(),
  webhook_id: z.string(),
  signature: WebhookSignature,
  issued_by: z.string(),
  issued_at: Instant,
  /** The version that deliveries start: the one published last. Null while none is, and deliveries are refused. */
  published_version: z.number().int().nullable(),
});
export type WebhookView = z.infer<typeof WebhookView>;

/** What is told once, to whoever issues it. */
export const IssuedWebhookView = WebhookView.extend({
  /** The address to deliver to; secret. */
  url: z.string(),
  /** The same without the host, where that is known by another name outside. */
  path: z.string(),
  /** Signs deliveries, as Standard Webhooks has it: `whsec_` and base64. Null when no signature is required. */
  secret: z.string().nullable(),
});
export type IssuedWebhookView = z.infer<typeof IssuedWebhookView>;

/** 202: the delivery is on record and its run will be. */
export const WebhookAcceptedView = z.object({
  execution_id: z.string(),
  workflow_id: z.string(),
  status: z.literal('pending'),
  created_at: Instant,
});
export type WebhookAcceptedView = z.infer<typeof WebhookAcceptedView>;

/** 202: nothing was started, as the workflow's limits say, since this run is still open. */
export const SkippedDeliveryView = z.object({
  execution_id: z.string(),
  workflow_id: z.string(),
  status: z.literal('skipped'),
});

/** 200: the run ended while the sender waited. */
export const WebhookResultView = z.object({
  execution_id: z.string(),
  workflow_id: z.string(),
  status: z.enum(['completed', 'failed', 'cancelled']),
  /** The run's output; null unless it completed, and once it was forgotten. */
  output: z.unknown(),
  /** Why it failed, without payloads; null unless it did. */
  error_code: z.string().nullable(),
});
export type WebhookResultView = z.infer<typeof WebhookResultView>;
