import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

/** The planner completes it at once: its output is the run's trigger, the request as it arrived. */
export const webhookTrigger = nodeKind({
  kind: 'webhook-trigger',
  major: 1,
  type: 'trigger',
  title: 'Webhook',
  description: 'Starts the workflow by an HTTP request; passes on the request.',
  config: z.object({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
    respond: z
      .enum(['accepted', 'result'])
      .default('accepted')
      .describe('Answer at once, or with the result of the run'),
  }),
  effect: 'none',
  outputs: ['output'],
});
