import { z } from 'zod';

import { approvalEvents } from '../approval/events.ts';
import { childEvents, ParentNode } from '../child/events.ts';
import { Instant } from '../envelope.ts';
import { large, sealed } from '../sealed.ts';
import { signalEvents } from '../signal/events.ts';
import { EndOfRun } from '../workflow/eventTrigger.ts';
import { Definition, Effect } from '../workflow/graph.ts';
import { Permit, RunLimit } from '../workflow/runLimit.ts';
import { compensationEvents, HowCompensated } from './compensation.ts';
import { migrationEvents } from './migration.ts';
import { rewindEvents } from './rewind.ts';
import { RunNames } from './runNames.ts';

export const TriggerType = z.enum([
  'manual',
  'scheduled',
  'webhook',
  'event',
  'file',
  'sub_workflow',
]);
export type TriggerType = z.infer<typeof TriggerType>;

/** A node instance: `instanceId` is the node id, with an index for each region around it (`node[3]`). */
const instance = { nodeId: z.string(), instanceId: z.string() };
const attempt = { ...instance, attempt: z.number().int().min(1) };

/** Why an attempt failed. `message` may quote payloads, so it is sealed; `code` never does. */
export const Failure = z.object({
  code: z.string(),
  message: sealed('run', z.string()),
  /** True when another try may succeed. */
  transient: z.boolean(),
  /** True when the effect may have happened all the same: no answer came. */
  outcomeUnknown: z.boolean().optional(),
  /** What the other side asked us to wait, in milliseconds (Retry-After). */
  retryAfterMs: z.number().int().optional(),
  /** Of a region: the instance inside of it that failed. */
  instanceId: z.string().optional(),
});
export type Failure = z.infer<typeof Failure>;

/** One call of a language model, as OpenTelemetry's GenAI conventions name its parts. */
export const ModelTurn = z.object({
  provider: z.string(),
  model: z.string(),
  /** True when no model was called: the `simulated` provider wrote the answer. */
  simulated: z.boolean(),
  stopReason: z.string(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** Millionths of a US dollar; null when the model has no known price. */
  costMicroUsd: z.number().int().nullable(),
  /** SHA-256 of the request's JSON text. */
  requestHash: z.string(),
});
export type ModelTurn = z.infer<typeof ModelTurn>;

/** The trigger node by which a run began, and of what; absent where a person or a delivery started it. */
export const FiredBy = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('schedule'),
    nodeId: z.string(),
    scheduleId: z.string(),
    dueAt: Instant,
    /** Null: the schedule will never be due again. */
    nextDueAt: Instant.nullable(),
  }),
  /** By the end of another run. */
  z.object({
    by: z.literal('event'),
    nodeId: z.string(),
    triggerId: z.string(),
    ...EndOfRun.shape,
  }),
  /** By a file that somebody uploaded. */
  z.object({ by: z.literal('file'), nodeId: z.string() }),
  /** By a person, who has another run done again; it was that one that this node had begun. */
  z.object({ by: z.literal('rerun'), nodeId: z.string() }),
]);
export type FiredBy = z.infer<typeof FiredBy>;

/** A run that has not ended by `dueAt` fails; one that is retried then has `afterMs` again. */
export const RunDeadline = z.object({ afterMs: z.number().int().min(1), dueAt: Instant });
export type RunDeadline = z.infer<typeof RunDeadline>;

export const executionEvents = {
  ...approvalEvents,
  ...signalEvents,
  ...childEvents,
  ...compensationEvents,
  ...rewindEvents,
  ...migrationEvents,
  /** Opens a run and pins everything that it depends on. `keyId` names the run's data key. */
  WorkflowStarted: z.object({
    executionId: z.string(),
    workflowId: z.string(),
    workflowVersion: z.number().int(),
    workflowName: z.string(),
    userId: z.string(),
    keyId: z.string(),
    engineVersion: z.number().int(),
    definition: large(Definition),
    /** SHA-256 of the JSON text of `definition`. */
    definitionHash: z.string(),
    triggerType: TriggerType,
    trigger: sealed('run', z.unknown()),
    context: sealed('run', z.unknown()),
    priority: z.number().int(),
    /** How often a person may have the run taken up again after it failed. */
    maxRetries: z.number().int(),
    totalNodes: z.number().int(),
    /** The run begins at this instant; absent: at once. */
    scheduledAt: Instant.optional(),
    firedBy: FiredBy.optional(),
    parent: ParentNode.optional(),
    /** The ended run that a person has done again from its beginning; absent: none. */
    rerunOf: z.string().optional(),
    /** How many runs led to this one, each by the one before it; absent: none. */
    depth: z.number().int().min(1).optional(),
    deadline: RunDeadline.optional(),
    /** The run begins once it holds a permit under each of them; absent: at once. */
    limits: z.array(RunLimit).optional(),
    /** What whoever started the run calls it; absent: nothing. */
    named: z
      .object({
        names: sealed('run', RunNames),
        /** One keyed hash for each name, by which it is found without being opened. */
        hashes: z.array(z.string()),
      })
      .optional(),
  }),
  /** The instant that a run was to begin at has come. */
  StartTimeReached: z.object({}),
  /** The run waits for its permits, which it gets by priority and then by age. */
  PermitsRequested: z.object({ priority: z.number().int(), permits: z.array(Permit) }),
  /** The run holds its permits until it ends. */
  PermitsGranted: z.object({
    /** Revision of the fact that asked for them. */
    requestedAt: z.number().int(),
    /** What this start counts for, each for so long. */
    counted: z.array(z.object({ key: z.string(), withinMs: z.number().int() })),
    /** True when nothing of the run had begun before. */
    begins: z.literal(true).optional(),
  }),
  /** The intent: on disk before an effect begins. */
  NodeStarted: z.object({
    ...attempt,
    /** Raised only by a person's retry. */
    generation: z.number().int(),
    /** Epoch of the shard's owner that will perform the effect. */
    epoch: z.number().int(),
    effect: Effect,
    idempotencyKey: z.string(),
    /** The settings with every expression evaluated. */
    input: sealed('run', z.unknown()),
  }),
  /** How far the attempt had come by then, as it said itself: its last word of a while. */
  NodeProgressed: z.object({
    ...attempt,
    /** 0 to 1. */
    fraction: z.number().min(0).max(1).nullable(),
    message: sealed('run', z.string().nullable()),
  }),
  ModelTurnCompleted: z.object({
    ...attempt,
    turn: z.number().int(),
    ...ModelTurn.shape,
    answer: sealed('run', z.unknown()),
  }),
  /** `handle` is the output that the run goes on by. Pure nodes have no NodeStarted before it. */
  NodeCompleted: z.object({ ...attempt, handle: z.string(), output: sealed('run', z.unknown()) }),
  /**
   * What follows: another attempt, the node's `error` output, the end of the region around it, or of
   * the run; the node is held for a person; or, of an undo, the other undos go on without it.
   */
  NodeFailed: z.object({
    ...attempt,
    error: Failure,
    next: z.enum(['retry', 'error_output', 'fail_region', 'fail_run', 'hold', 'go_on']),
  }),
  /** A person has a held node begin anew, as this attempt, under the key of this generation. */
  NodeReopened: z.object({ ...attempt, generation: z.number().int() }),
  /** Attempt `attempt` will start at `dueAt`. */
  NodeRetryScheduled: z.object({ ...attempt, generation: z.number().int(), dueAt: Instant }),
  /** No live path leads to the node; or a person has the run go on past it, and says by which output and with what. */
  NodeSkipped: z.object({
    ...instance,
    byPerson: z
      .object({
        attempt: z.number().int().min(1),
        handle: z.string(),
        output: sealed('run', z.unknown()),
        reason: sealed('run', z.string().nullable()),
      })
      .optional(),
  }),
  /** A running attempt was called off; what it did to the world is unknown. */
  NodeCancelled: z.object({ ...attempt, outcome: z.literal('unknown') }),
  /** An unsafe effect began and nobody knows its outcome: a person or the node's policy settles it. */
  NodeInDoubt: z.object({ ...attempt, reason: z.enum(['crash', 'no_answer']) }),
  /** An answer that came after its attempt no longer counted; its cost does. */
  LateOutcomeRecorded: z.object({
    ...attempt,
    succeeded: z.boolean(),
    outcome: sealed('run', z.unknown()),
  }),
  TimerSet: z.object({
    ...instance,
    timerId: z.string(),
    dueAt: Instant,
    /** What the instance waits for beside the time; absent: the time alone. */
    waitsFor: z.enum(['approval', 'signal']).optional(),
  }),
  TimerFired: z.object({ ...instance, timerId: z.string() }),
  /** Nothing waits for the timer any more. */
  TimerCancelled: z.object({ ...instance, timerId: z.string() }),
  /** A region begins: a loop over items, a loop as long as its expression holds, or a try. */
  RegionStarted: z.object({
    ...attempt,
    generation: z.number().int(),
    /** What the iterations work on, one each; absent where each works on what the one before it made. */
    items: sealed('run', z.array(z.unknown())).optional(),
    maxIterations: z.number().int(),
    /** So many iterations are open at the same time, at most. */
    window: z.number().int(),
    /** So many iterations may fail before the region does; null: any number. */
    maxFailures: z.number().int().nullable(),
    /** What follows when the expression still holds after the last iteration that may be; absent: `fail`. */
    onBound: z.enum(['fail', 'complete']).optional(),
  }),
  IterationStarted: z.object({ ...instance, index: z.number().int() }),
  /** Everything in the iteration has come to its end. */
  IterationCompleted: z.object({
    ...instance,
    index: z.number().int(),
    output: sealed('run', z.unknown()),
  }),
  /** A failure ended the iteration, and the region goes on without it. */
  IterationFailed: z.object({ ...instance, index: z.number().int(), error: Failure }),
  /** A person has the run stand still: what is under way ends and is recorded, nothing new begins. */
  WorkflowPaused: z.object({
    reason: sealed('run', z.string().nullable()),
    /** True for a kill switch: the run goes on by itself once that is off. */
    halted: z.literal(true).optional(),
    /** True when the run waited for its permits: it gives up its place. */
    waiting: z.literal(true).optional(),
  }),
  WorkflowResumed: z.object({}),
  WorkflowCancelled: z.object({
    reason: sealed('run', z.string().nullable()),
    /** True when the run was paused. */
    paused: z.literal(true).optional(),
    /** True when the run waited for its permits. */
    waiting: z.literal(true).optional(),
    /** The run that was started later and begins in its place. */
    supersededBy: z.string().optional(),
    /** By then the one in its place begins, whatever else comes; absent: no such time is set. */
    burstEndsBy: Instant.optional(),
    compensation: HowCompensated.optional(),
  }),
  /** The run had not ended by its deadline: what is under way is called off, and the run fails. */
  WorkflowDeadlineExceeded: z.object({ dueAt: Instant }),
  WorkflowCompleted: z.object({ output: sealed('run', z.unknown()) }),
  WorkflowFailed: z.object({
    instanceId: z.string().nullable(),
    code: z.string(),
    message: sealed('run', z.string()),
    /** True when the run was paused. */
    paused: z.literal(true).optional(),
    /** True when the run waited for its permits. */
    waiting: z.literal(true).optional(),
    compensation: HowCompensated.optional(),
  }),
  /** A person has a failed run go on: what succeeded is kept. */
  WorkflowRetried: z.object({
    workflowId: z.string().optional(),
    /** From 1. */
    retry: z.number().int().min(1),
    /** Nodes that failed and begin anew: as this attempt, under the key of this generation. */
    reopened: z.array(z.object({ ...attempt, generation: z.number().int() })),
    /** Nodes that failed because their outcome is unknown: it still is, so they are in doubt again. */
    inDoubt: z.array(z.object(attempt)),
    /** Regions that failed by what failed inside of them: they go on, as this attempt. */
    continued: z.array(z.object(attempt)).optional(),
    /** The deadline that the run has from now on. */
    deadline: RunDeadline.optional(),
    /** The order by which many runs were to go on, for this run; that order counts once. */
    redriveId: z.string().optional(),
  }),
  /** The run's data key was deleted: everything it sealed can no longer be read, anywhere. */
  DataErased: z.object({
    executionId: z.string(),
    keyId: z.string(),
    /** True when the run was open, having been retried meanwhile: it is cancelled by this. */
    cancelled: z.literal(true).optional(),
    /** True when the run was paused, too. */
    paused: z.literal(true).optional(),
    /** True when the run waited for its permits. */
    waiting: z.literal(true).optional(),
  }),
} as const;
