import { z } from 'zod';

import { Text, Uuid } from '../text.ts';
import { TriggerType } from './events.ts';

const Payload = z.record(z.string(), z.unknown());

/** POST /executions */
export const StartExecutionRequest = z.object({
  workflow_id: Uuid,
  trigger_type: TriggerType.default('manual'),
  trigger_data: Payload.default({}),
});

/** POST /workflows/{id}/executions */
export const StartWorkflowExecutionRequest = z.object({
  input_data: Payload.default({}),
  context: Payload.default({}),
  priority: z.number().int().min(0).max(10).default(0),
  /** Refused rather than forgotten: nothing would start the run. */
  scheduled_at: z
    .null({ error: 'A run starts at once; a schedule is set on its workflow' })
    .optional(),
  max_retries: z.number().int().min(0).max(10).default(3),
});

/** POST /executions/{id}/nodes/{nodeId}/resolve: what a person says of a node in doubt. */
export const ResolveNodeRequest = z.discriminatedUnion('action', [
  z.object({ action: z.literal('retry') }),
  z.object({ action: z.literal('fail'), message: Text.max(2_000).default('Failed by a person') }),
  z.object({ action: z.literal('outcome'), output: z.unknown().default(null) }),
]);

/** POST /executions/{id}/cancel; the body may be absent. */
export const CancelExecutionRequest = z
  .object({ reason: Text.max(2_000).nullish() })
  .nullish()
  .transform((body) => ({ reason: body?.reason ?? null }));
