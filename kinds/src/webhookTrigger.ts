import { nodeKind, WebhookTriggerConfig } from '@studio/contracts';

/** The planner completes it at once: its output is the run's trigger, the request as it arrived. */
export const webhookTrigger = nodeKind({
  kind: 'webhook-trigger',
  major: 1,
  type: 'trigger',
  title: 'Webhook',
  description: 'Starts the workflow by an HTTP request; passes on the request.',
  config: WebhookTriggerConfig,
  effect: 'none',
  outputs: ['output'],
});
