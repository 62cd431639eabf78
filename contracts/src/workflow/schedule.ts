import { z } from 'zod';

import { Instant } from '../envelope.ts';

const maxEveryMs = 366 * 24 * 60 * 60 * 1000;

export const CatchUpPolicy = z.enum(['skip', 'one', 'all']);
export const OverlapPolicy = z.enum(['allow', 'skip', 'queue', 'cancel_previous']);

const rule = {
  /** Five fields, or six with seconds first. */
  cron: z.string().min(1).max(200).nullable(),
  everyMs: z.number().int().min(1_000).max(maxEveryMs).nullable(),
  /** A name of the IANA time zone database; times of `cron` are local there. */
  timezone: z.string().min(1).max(100),
};
const policies = { catchUp: CatchUpPolicy, overlap: OverlapPolicy };

/** When a schedule is due: by the clock of a time zone, or every so many milliseconds. Exactly one of both. */
export const ScheduleRule = z.object(rule);
export type ScheduleRule = z.infer<typeof ScheduleRule>;

/** Settings of a schedule-trigger node. */
export const ScheduleTriggerConfig = z
  .object({
    cron: rule.cron.unwrap().optional().describe('Five fields, or six with seconds first'),
    everyMs: rule.everyMs.unwrap().optional(),
    timezone: rule.timezone.default('UTC').describe('Where the times of cron are local'),
    catchUp: CatchUpPolicy.default('one').describe(
      'What becomes of firings that were missed while no studio was up',
    ),
    overlap: OverlapPolicy.default('allow').describe(
      'What becomes of a firing while a run of the one before goes on',
    ),
  })
  .refine(({ cron, everyMs }) => (cron === undefined) !== (everyMs === undefined), {
    message: 'exactly one of cron and everyMs is needed',
    path: ['cron'],
  });
export type ScheduleTriggerConfig = z.infer<typeof ScheduleTriggerConfig>;

const schedule = { workflowId: z.string(), nodeId: z.string(), scheduleId: z.string() };

/** A published workflow's schedules: these facts stand in the workflow's stream. */
export const scheduleEvents = {
  /** From now on the node's schedule is due at `nextDueAt`; each run tells when it is due again. */
  ScheduleSet: z.object({
    ...{ ...schedule, ...rule, ...policies },
    setBy: z.string(),
    /** Where the milliseconds of `everyMs` are counted from. */
    setAt: Instant,
    nextDueAt: Instant,
  }),
  ScheduleRemoved: z.object(schedule),
  /** While they are disabled a workflow has no schedules, whatever is published. */
  SchedulesDisabled: z.object({ workflowId: z.string(), by: z.string() }),
  SchedulesEnabled: z.object({ workflowId: z.string(), by: z.string() }),
  /** So many firings start no run: missed while no studio was up, passed over for one that goes on, or refused. */
  ScheduleFiringsSkipped: z.object({
    ...schedule,
    firstDueAt: Instant,
    lastDueAt: Instant,
    count: z.number().int().min(1),
    reason: z.enum(['missed', 'overlap', 'refused']),
    /** Why it was refused. */
    code: z.string().optional(),
    /** Null: it will never be due again. */
    nextDueAt: Instant.nullable(),
  }),
} as const;

/** PUT /workflows/{id}/schedule */
export const ChangeScheduleRequest = z.object({ enabled: z.boolean() });

/** A workflow's schedules as they stand. */
export const ScheduleView = z.object({
  workflow_id: z.string(),
  /** False: nothing is due until they are enabled. */
  enabled: z.boolean(),
  /** The version that firings start; null while none is published, and nothing is due. */
  published_version: z.number().int().nullable(),
  schedules: z.array(
    z.object({
      node_id: z.string(),
      cron: z.string().nullable(),
      every_ms: z.number().int().nullable(),
      timezone: z.string(),
      catch_up: CatchUpPolicy,
      overlap: OverlapPolicy,
      set_by: z.string(),
      set_at: Instant,
      /** When it is due next, at most five times. */
      next: z.array(Instant),
      last_skipped: z
        .object({
          first_due_at: Instant,
          last_due_at: Instant,
          count: z.number().int(),
          reason: z.enum(['missed', 'overlap', 'refused']),
          code: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
});
export type ScheduleView = z.infer<typeof ScheduleView>;
