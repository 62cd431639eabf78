import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { errorCodes } from '../errors.ts';
import { GivenInstant } from '../givenInstant.ts';
import { Text, Uuid } from '../text.ts';
import { runNamesGiven } from './runNames.ts';

/**
 * Why something waits for a person: the run failed and nobody has had it go on, it failed or was cancelled and
 * left something standing that was to be undone, a node that failed for good is held, or nobody knows the
 * outcome of one.
 */
export const DeadLetterReason = z.enum(['failed', 'not_compensated', 'held', 'in_doubt']);
export type DeadLetterReason = z.infer<typeof DeadLetterReason>;

/** A run that failed or left something standing, or a node of an open run that waits for a person. */
export const DeadLetterView = z.object({
  execution_id: z.string(),
  workflow_id: z.string(),
  workflow_name: z.string(),
  workflow_version: z.number().int(),
  business_key: z.string().nullable(),
  tags: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  reason: DeadLetterReason,
  /** What the run or the node failed with; `compensation.incomplete` for a cancelled run. */
  code: z.string(),
  message: z.string().nullable(),
  /** Null where no node is to blame, as for a run that ran out of time. */
  node_id: z.string().nullable(),
  instance_id: z.string().nullable(),
  /** How often the node was tried. */
  attempts: z.number().int(),
  /** How often a person has had the run go on, at most `max_retries` times. */
  retry_count: z.number().int(),
  max_retries: z.number().int(),
  /** Since when it waits. */
  at: Instant,
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

/** From `from` on, before `to`. */
export const timesSought = { from: GivenInstant.optional(), to: GivenInstant.optional() };

export const isPeriod = ({
  from,
  to,
}: Partial<Record<'from' | 'to', string | undefined>>): boolean =>
  from === undefined || to === undefined || from < to;
export const noPeriod = { error: 'Nothing lies between these times', path: ['to'] };

/** POST /executions/redrive. A filter that is not known is refused: without it more would match. */
export const RedriveRequest = z
  .strictObject({
    workflow_id: Uuid.optional(),
    /** What the runs failed with. */
    code: Text.min(1).max(100).optional(),
    ...timesSought,
    ...runNamesGiven,
    /** So many runs at most, the oldest first. */
    limit: z.number().int().min(1).max(500).default(100),
    /** Tells what would go on, and has nothing go on. */
    dry_run: z.boolean().default(false),
  })
  .refine(isPeriod, noPeriod);
export type RedriveRequest = z.infer<typeof RedriveRequest>;

const failedRun = { execution_id: z.string(), workflow_id: z.string(), code: z.string() };

export const RedriveResult = z.object({
  dry_run: z.boolean(),
  /** Runs that go on, or would; `retry` counts how often a person has had them. */
  redriven: z.array(z.object({ ...failedRun, retry: z.number().int() })),
  /** Runs that matched and do not go on. */
  skipped: z.array(
    z.object({ ...failedRun, why: z.object({ code: z.enum(errorCodes), message: z.string() }) }),
  ),
  /** True when more than `limit` runs match. */
  more: z.boolean(),
});
export type RedriveResult = z.infer<typeof RedriveResult>;
