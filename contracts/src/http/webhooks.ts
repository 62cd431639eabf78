import { z } from 'zod';

import {
  IssuedWebhookView,
  IssueWebhookRequest,
  SkippedDeliveryView,
  WebhookAcceptedView,
  WebhookResultView,
  WebhookView,
} from '../workflow/webhook.ts';
import { exampleIds, exampleSecrets } from './examples.ts';
import type { Operation } from './operation.ts';
import { shownAs } from './shownAs.ts';
import { workflowParams } from './workflows.ts';

const tag = 'Webhooks';
const own = { path: '/workflows/{workflow_id}/webhook', params: workflowParams, tag } as const;
const ownErrors = { 403: ['auth.not_allowed'] } as const;

const webhook: z.infer<typeof WebhookView> = {
  ...{ workflow_id: exampleIds.workflow, webhook_id: exampleIds.webhook, signature: 'none' },
  ...{ issued_by: exampleIds.user, issued_at: '2026-01-02T03:04:05.678Z' },
  published_version: 1,
};
const path = `/api/v1/webhooks/${exampleSecrets.webhookToken}`;

const waited = shownAs(z.string(), { type: 'integer', minimum: 0, maximum: 30, default: 30 })
  .optional()
  .describe(
    'Seconds to wait for the result, where the trigger gives one. Any other member of the query goes to the run.',
  );

const delivery = {
  path: '/webhooks/{token}',
  params: z.object({ token: z.string().meta({ example: exampleSecrets.webhookToken }) }),
  query: z.object({ wait: waited }),
  ...{ tag, access: 'public' },
  headers: ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'Idempotency-Key'],
  answers: {
    200: { description: 'The run has ended.', schema: WebhookResultView },
    202: {
      description: 'The run was accepted, or skipped for one that is open.',
      schema: z.union([WebhookAcceptedView, SkippedDeliveryView]),
      headers: ['Location'],
    },
  },
  errors: {
    400: ['workflow.validation_failed', 'workflow.unknown_kind'],
    401: ['webhook.signature_invalid', 'webhook.timestamp_out_of_window'],
    404: ['webhook.not_found'],
    405: ['request.method_not_allowed'],
    409: [
      ...['webhook.not_published', 'webhook.no_trigger', 'workflow.halted', 'workspace.halted'],
      'execution.place_taken',
    ],
    413: ['request.too_large'],
    415: ['request.rejected'],
    422: ['request.idempotency_key_reused'],
    429: ['webhook.rate_limited'],
  },
} as const satisfies Partial<Operation>;

export const webhookOperations: readonly Operation[] = [
  {
    ...{ ...own, id: 'issueWebhook', method: 'post' },
    summary: 'Issue a webhook, or issue it anew',
    description:
      'Its URL and its secret are told here and never again. The one before counts no more. Deliveries must be signed unless `signature` is `none`.',
    body: { schema: IssueWebhookRequest, required: false, example: { signature: 'none' } },
    answers: {
      201: {
        ...{ description: 'The webhook.', schema: IssuedWebhookView },
        example: { ...webhook, url: `http://127.0.0.1:8000${path}`, path, secret: null },
        headers: ['Studio-Position'],
      },
    },
    errors: { ...ownErrors, 404: ['workflow.not_found'] },
  },
  {
    ...{ ...own, id: 'getWebhook', method: 'get' },
    summary: 'The webhook of a workflow, without its secrets',
    answers: { 200: { description: 'It.', schema: WebhookView, example: webhook } },
    errors: { ...ownErrors, 404: ['workflow.not_found', 'webhook.not_found'] },
  },
  {
    ...{ ...own, id: 'disableWebhook', method: 'delete' },
    summary: 'Disable the webhook',
    answers: { 204: { description: 'Its URL is unknown now.', headers: ['Studio-Position'] } },
    errors: { ...ownErrors, 404: ['workflow.not_found', 'webhook.not_found'] },
  },
  {
    ...{ ...delivery, id: 'deliver', method: 'post' },
    summary: 'Deliver to a webhook',
    description:
      'Starts a run of the published workflow; method, some headers, query and body are its trigger data.',
    body: { schema: z.unknown(), required: false, example: { ticket: 42 } },
  },
  {
    ...{ ...delivery, id: 'deliverByGet', method: 'get' },
    summary: 'Deliver to a webhook without a body',
    description: 'For triggers whose method is GET.',
  },
];
