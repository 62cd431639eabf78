import { z } from 'zod';

import { GivenInstant } from '../givenInstant.ts';
import { Text, Uuid } from '../text.ts';
import { chosenVersion } from '../workflow/aliases.ts';
import { TriggerType } from './events.ts';
import { runNamesGiven } from './runNames.ts';

const Payload = z.record(z.string(), z.unknown());

/** What both routes take beside the data that a run begins with. */
const options = {
  context: Payload.default({}),
  /** Of runs that wait for the same permits, the one with the higher priority begins first. */
  priority: z.number().int().min(0).max(10).default(0),
  /** The run begins then; at once when that is past, null or absent. */
  scheduled_at: GivenInstant.nullish(),
  /** How often the run may be retried after it failed; 0: never. */
  max_retries: z.number().int().min(0).max(10).default(3),
  ...runNamesGiven,
  ...chosenVersion,
};

const chosenOnce = ({ version, alias }: { version?: unknown; alias?: unknown }): boolean =>
  (version ?? null) === null || (alias ?? null) === null;
const chosenTwice = { error: 'Name a version or an alias, not both', path: ['alias'] };

/** POST /executions */
export const StartExecutionRequest = z
  .object({
    workflow_id: Uuid,
    trigger_type: TriggerType.exclude(['file', 'sub_workflow']).default('manual'),
    trigger_data: Payload.default({}),
    ...options,
  })
  .refine(chosenOnce, chosenTwice);

/** POST /workflows/{id}/executions */
export const StartWorkflowExecutionRequest = z
  .object({
    input_data: Payload.default({}),
    ...options,
  })
  .refine(chosenOnce, chosenTwice);

/** POST /executions/{id}/nodes/{nodeId}/resolve: what a person says of a node in doubt, or held. */
export const ResolveNodeRequest = z.discriminatedUnion('action', [
  z.object({ action: z.literal('retry') }),
  z.object({ action: z.literal('fail'), message: Text.max(2_000).optional() }),
  z.object({ action: z.literal('outcome'), output: z.unknown().default(null) }),
]);

/** POST /executions/{id}/nodes/{nodeId}/skip: what the run goes on with in the node's stead. */
export const SkipNodeRequest = z
  .object({
    output: z.unknown().optional(),
    /** The output that the run goes on by. */
    handle: Text.max(100).default('output'),
    reason: Text.max(2_000).nullish(),
  })
  .nullish()
  .transform((body) => ({
    ...{ output: body?.output ?? null, handle: body?.handle ?? 'output' },
    reason: body?.reason ?? null,
  }));

/** Why a person does something; the body may be absent. */
const withReason = () =>
  z
    .object({ reason: Text.max(2_000).nullish() })
    .nullish()
    .transform((body) => ({ reason: body?.reason ?? null }));

/** POST /executions/{id}/cancel */
export const CancelExecutionRequest = withReason();

/** POST /executions/{id}/rewind */
export const RewindExecutionRequest = z.object({
  node_id: Text.min(1).max(500),
  reason: Text.max(2_000).nullish(),
});

/** POST /executions/{id}/pause */
export const PauseExecutionRequest = withReason();
