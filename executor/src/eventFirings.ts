import {
  type DueEventFiring,
  type ErrorCode,
  type EventFiringChanges,
  type EventFirings,
  type EventLog,
  type ExecutionId,
  executionStream,
  type NewId,
  StudioError,
  type Timekeeper,
  type WorkflowId,
  workflowStream,
  type WorkspaceId,
  workspaceStream,
} from '@studio/contracts';
import {
  type Cause,
  type EventTrigger,
  haltIn,
  handle,
  isSaved,
  load,
  publishedOf,
  refuseHalted,
  type SavedWorkflow,
  workflow,
  workspace,
} from '@studio/domain';
import { isTruthy } from '@studio/kinds';

import { refuseDepth } from './depth.ts';
import { type EndedRun, endedRun } from './endedRun.ts';
import type { Expressions } from './expressions.ts';
import { createHandedOut } from './handedOut.ts';
import { leadsBackTo } from './leadsBackTo.ts';
import { startLookout } from './lookout.ts';
import type { TriggerParts, Triggers } from './triggers.ts';

export interface EventFiringsOptions extends Pick<TriggerParts, 'patience'> {
  readonly log: EventLog;
  readonly newId: NewId;
  readonly time: Timekeeper;
  /** The database's time as an Instant. */
  readonly now: () => string;
  readonly deterministicId: (parts: readonly string[]) => string;
  readonly evaluate: Expressions['evaluate'];
  readonly index: EventFirings;
  readonly shards: () => readonly number[];
  readonly triggers: Triggers;
  readonly onError: (error: unknown) => void;
}

/** Starts the runs of event triggers whose time has come: each end of a run once, whoever sees it. */
export interface EventLookout {
  /** The index has written these changes. */
  moved(changes: EventFiringChanges): void;
  stop(): Promise<void>;
}

const batchSize = 100;

/** A firing with what it belongs to. */
interface Found {
  readonly due: DueEventFiring;
  readonly workflowId: WorkflowId;
  readonly state: SavedWorkflow;
  readonly trigger: EventTrigger;
  readonly published: SavedWorkflow;
  readonly ended: EndedRun;
  readonly cause: Cause;
}

const turnedAway: ReadonlySet<ErrorCode> = new Set([
  ...(['execution.place_taken', 'workflow.halted', 'workspace.halted'] as const),
]);
/** What no other try mends: the firing starts nothing. */
const isRefusal = (error: unknown): error is StudioError =>
  error instanceof StudioError && (error.kind === 'refused' || turnedAway.has(error.code));

const isSkipped = ({ lastSkipped }: EventTrigger, due: DueEventFiring): boolean =>
  lastSkipped?.endedExecutionId === due.endedExecutionId &&
  lastSkipped.endRevision === due.endRevision;

export const startEventFirings = (options: EventFiringsOptions): EventLookout => {
  const { log, newId, index, time, triggers, patience, onError } = options;
  const shell = { log, newId, patience };
  const handedOut = createHandedOut(time);
  let some = true;

  const causeOf = ({ end }: EndedRun, triggerId: string): Cause => {
    const { correlationId, workspaceId, traceparent } = end.metadata;
    return {
      ...{ correlationId, causationId: end.eventId, commandId: newId(), workspaceId },
      actor: { kind: 'trigger', id: triggerId },
      ...(traceparent === undefined ? {} : { traceparent }),
      occurredAt: options.now(),
    };
  };

  const find = async (due: DueEventFiring): Promise<Found | null> => {
    const workflowId = due.workflowId as WorkflowId; // the log holds the id as plain text
    const { state } = await triggers.workflowOf(workflowId);
    if (!isSaved(state)) return null;
    const trigger = state.eventTriggers.get(due.nodeId);
    const published = publishedOf(state);
    if (trigger?.triggerId !== due.triggerId || !published || isSkipped(trigger, due)) return null;
    const ended = await endedRun(log, due);
    const cause = causeOf(ended, trigger.triggerId);
    return { due, workflowId, state, trigger, published, ended, cause };
  };

  const toldOf = ({ due, ended }: Found) => ({ node_id: due.nodeId, ...ended.told });

  const means = async (found: Found): Promise<boolean> => {
    const { trigger, workflowId, ended } = found;
    // Two that mean every workflow would start each other, and with a third ever more of them.
    if (trigger.workflowIds === null && (await leadsBackTo(log, ended.begun, workflowId)))
      return false;
    if (trigger.expression === null) return true;
    if (ended.erased) return false;
    return isTruthy(await options.evaluate(trigger.expression, { trigger: toldOf(found) }));
  };

  const start = async (found: Found, executionId: ExecutionId): Promise<void> => {
    const { due, workflowId, state, trigger, published: saved, ended, cause } = found;
    const { nodeId, triggerId, setBy: userId } = trigger;
    const around = await load(log, workspace, workspaceStream(cause.workspaceId as WorkspaceId)); // plain text in the log
    refuseHalted(state, { halt: haltIn(around.state) });
    const depth = (ended.begun.data.depth ?? 0) + 1;
    refuseDepth(depth);
    const { endedExecutionId, endRevision } = due;
    await triggers.start(
      { executionId, saved, userId, cause },
      {
        ...{ workflowId, triggerType: 'event', context: {}, priority: 0, maxRetries: 3, depth },
        trigger: toldOf(found),
        firedBy: { by: 'event', nodeId, triggerId, endedExecutionId, endRevision },
      },
    );
  };

  const skip = async ({ due, workflowId, cause }: Found, code: string): Promise<void> => {
    const { nodeId, triggerId, endedExecutionId, endRevision } = due;
    await handle(shell, workflow, {
      ...{ stream: workflowStream(workflowId), cause, keys: () => ({}) },
      command: {
        type: 'SkipEventFiring',
        data: {
          ...{ workflowId, nodeId, triggerId, endedExecutionId, endRevision, code },
          skippedAt: cause.occurredAt,
        },
      },
    });
  };

  const fire = async (found: Found, executionId: ExecutionId): Promise<void> => {
    if (await means(found)) await start(found, executionId);
    else await index.passFiring(found.due);
  };

  const settle = async (due: DueEventFiring): Promise<void> => {
    const { triggerId, endedExecutionId, endRevision } = due;
    const parts = ['event', triggerId, endedExecutionId, String(endRevision)];
    const executionId = options.deterministicId(parts) as ExecutionId; // here execution ids of event triggers come to be
    if (await log.head(executionStream(executionId))) return;
    const found = await find(due);
    if (!found) return;
    try {
      await fire(found, executionId);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await skip(found, error.code);
    }
  };

  const handOut = async (due: DueEventFiring): Promise<void> => {
    if (!handedOut.take(`${due.triggerId} ${due.endedExecutionId} ${due.endRevision}`)) return;
    await settle(due).catch(onError);
  };

  const look = async (): Promise<null> => {
    const owned = options.shards();
    if (owned.length === 0) return null;
    const found = await index.eventFirings(owned, batchSize);
    ({ some } = found);
    await Promise.all(found.firings.map(handOut));
    return null;
  };

  const lookout = startLookout(look, { time, onError });
  return {
    moved: ({ set, ended }) => {
      if (set.length > 0 || (some && ended.length > 0)) lookout.nudge();
    },
    stop: () => lookout.stop(),
  };
};
