import { z } from 'zod';

import { Instant } from '../envelope.ts';

/** How a run ended. */
export const RunOutcome = z.enum(['completed', 'failed', 'cancelled']);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** Settings of an event-trigger node. */
export const EventTriggerConfig = z.object({
  workflowIds: z
    .array(z.uuid().toLowerCase())
    .min(1)
    .max(100)
    .optional()
    .describe('The workflows whose executions are meant; without it every other one'),
  outcomes: z
    .array(RunOutcome)
    .min(1)
    .default(['completed'])
    .describe('How the execution has to end'),
  expression: z
    .string()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Which of them; `trigger` is what the run would be started with'),
});
export type EventTriggerConfig = z.infer<typeof EventTriggerConfig>;

const trigger = { workflowId: z.string(), nodeId: z.string(), triggerId: z.string() };
/** Which ends of runs are meant. */
const rule = {
  /** Null: those of every workflow of the workspace but the trigger's own. */
  workflowIds: z.array(z.string()).nullable(),
  outcomes: z.array(RunOutcome),
  /** Null: all of them. */
  expression: z.string().nullable(),
};
export const EventTriggerRule = z.object(rule);
export type EventTriggerRule = z.infer<typeof EventTriggerRule>;

/** Which fact of which run was its end: a run that is retried ends again. */
const end = {
  endedExecutionId: z.string(),
  /** Revision of the fact by which it ended. */
  endRevision: z.number().int(),
};
export const EndOfRun = z.object(end);
export type EndOfRun = z.infer<typeof EndOfRun>;

/** A published workflow's event triggers: these facts stand in the workflow's stream. */
export const eventTriggerEvents = {
  /** From now on the ends of runs that it means start the published version, one run each. */
  EventTriggerSet: z.object({ ...trigger, ...rule, setBy: z.string(), setAt: Instant }),
  EventTriggerRemoved: z.object(trigger),
  /** The end of a run that it means starts no run. */
  EventFiringSkipped: z.object({
    ...{ ...trigger, ...end },
    /** Why: the code of the refusal. */
    code: z.string(),
    skippedAt: Instant,
  }),
} as const;

/** A workflow's event triggers as they stand. */
export const EventTriggersView = z.object({
  workflow_id: z.string(),
  /** The version that firings start; null while none is published, and nothing fires. */
  published_version: z.number().int().nullable(),
  triggers: z.array(
    z.object({
      node_id: z.string(),
      workflow_ids: z.array(z.string()).nullable(),
      outcomes: z.array(RunOutcome),
      expression: z.string().nullable(),
      set_by: z.string(),
      set_at: Instant,
      /** The last execution whose end was meant and started nothing, with the code of the refusal. */
      last_skipped: z
        .object({ execution_id: z.string(), code: z.string(), skipped_at: Instant })
        .nullable(),
    }),
  ),
});
export type EventTriggersView = z.infer<typeof EventTriggersView>;
