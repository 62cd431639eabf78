import {
  type DueSchedule,
  type EngineIndex,
  type EventLog,
  type ExecutionId,
  executionStream,
  type NewId,
  StudioError,
  type Timekeeper,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';
import {
  type Cause,
  decideFirings,
  handle,
  isSaved,
  publishedOf,
  run,
  type SavedWorkflow,
  type Schedule,
  workflow,
} from '@studio/domain';

import { createHandedOut } from './handedOut.ts';
import { type Lookout, startLookout } from './lookout.ts';
import type { TriggerParts, Triggers } from './triggers.ts';

export interface SchedulesOptions extends TriggerParts {
  readonly log: EventLog;
  readonly newId: NewId;
  readonly time: Timekeeper;
  readonly deterministicId: (parts: readonly string[]) => string;
  readonly index: Pick<EngineIndex, 'dueSchedules' | 'openRunsOf'>;
  readonly shards: () => readonly number[];
  readonly triggers: Triggers;
  readonly onError: (error: unknown) => void;
}

const batchSize = 100;
/** So many due times of one schedule are looked at together; after a long time there may be more. */
const mostDues = 1_000;

/** A schedule that is due, with what it belongs to. */
interface Found {
  readonly workflowId: WorkflowId;
  readonly schedule: Schedule;
  readonly published: SavedWorkflow;
  readonly cause: Cause;
  readonly now: string;
}

type SkippedFor = { readonly reason: 'missed' | 'overlap' | 'refused'; readonly code?: string };

/** What no other try mends: the firing is left out. */
const isRefusal = (error: unknown): error is StudioError =>
  error instanceof StudioError &&
  (error.kind === 'refused' || error.code === 'execution.place_taken');

/** Starts the runs of schedules that are due by the database's clock: each firing once, whoever sees it. */
export const startSchedules = (options: SchedulesOptions): Lookout => {
  const { log, newId, index, time, triggers, occurrences, patience, onError } = options;
  const shell = { log, newId, patience };
  const handedOut = createHandedOut(time);

  const nextAfter = ({ schedule }: Found, due: string): string | null =>
    occurrences.next(schedule, due, schedule.setAt);

  const duesOf = (found: Found, first: string): string[] => {
    const dues: string[] = [];
    for (let due: string | null = first; due !== null && due <= found.now;) {
      dues.push(due);
      if (dues.length === mostDues) break;
      due = nextAfter(found, due);
    }
    return dues;
  };

  const skip = async (found: Found, dues: readonly string[], why: SkippedFor): Promise<void> => {
    const { workflowId, cause, schedule } = found;
    const { nodeId, scheduleId } = schedule;
    const [firstDueAt, lastDueAt] = [dues[0], dues.at(-1)];
    if (firstDueAt === undefined || lastDueAt === undefined) return;
    const times = { firstDueAt, lastDueAt, count: dues.length };
    const nextDueAt = nextAfter(found, lastDueAt);
    await handle(shell, workflow, {
      ...{ stream: workflowStream(workflowId), cause, keys: () => ({}) },
      command: {
        type: 'SkipFirings',
        data: { workflowId, nodeId, scheduleId, ...times, ...why, nextDueAt },
      },
    });
  };

  const fire = async (found: Found, dueAt: string): Promise<void> => {
    const { workflowId, schedule, published: saved, cause } = found;
    const { nodeId, scheduleId, setBy: userId } = schedule;
    const id = options.deterministicId(['schedule', scheduleId, dueAt]);
    const executionId = id as ExecutionId; // here execution ids of schedules come to be
    const nextDueAt = nextAfter(found, dueAt);
    await triggers.start(
      { executionId, saved, userId, cause },
      {
        ...{ workflowId, triggerType: 'scheduled', context: {}, priority: 0, maxRetries: 3 },
        trigger: { scheduled_at: dueAt, node_id: nodeId },
        firedBy: { by: 'schedule', nodeId, scheduleId, dueAt, nextDueAt },
      },
    );
  };

  const fireOrRefuse = async (found: Found, dueAt: string): Promise<void> => {
    try {
      await fire(found, dueAt);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await skip(found, [dueAt], { reason: 'refused', code: error.code });
    }
  };

  const cancel = async ({ cause }: Found, executionId: ExecutionId): Promise<void> => {
    const reason = 'The next firing of its schedule is due';
    try {
      await handle(shell, run, {
        ...{ stream: executionStream(executionId), cause },
        command: { type: 'CancelWorkflow', data: { reason } },
        keys: ({ keyId }) => ({ run: keyId }),
      });
    } catch (error) {
      if (!(error instanceof StudioError) || error.kind !== 'refused') throw error; // it has ended by itself
    }
  };

  const find = async (due: DueSchedule, now: string): Promise<Found | null> => {
    const workflowId = due.workflowId as WorkflowId; // the log holds the id as plain text
    const { state, opened } = await triggers.workflowOf(workflowId);
    if (!isSaved(state) || !opened) return null;
    const schedule = state.schedules.get(due.nodeId);
    const published = publishedOf(state);
    if (schedule?.scheduleId !== due.scheduleId || !published) return null;
    const commandId = newId();
    const cause: Cause = {
      ...{ correlationId: commandId, causationId: due.scheduleId, commandId },
      actor: { kind: 'schedule', id: due.scheduleId },
      ...{ workspaceId: opened.workspaceId, occurredAt: now },
    };
    return { workflowId, schedule, published, cause, now };
  };

  /** False when it has to wait and stays due. */
  const settle = async (due: DueSchedule, now: string): Promise<boolean> => {
    const found = await find(due, now);
    if (!found) return true;
    const { schedule } = found;
    const dues = duesOf(found, due.dueAt);
    const busy = schedule.overlap === 'allow' ? [] : await index.openRunsOf(due.scheduleId);
    const firings = decideFirings({ schedule, dues, now, isBusy: busy.length > 0 });
    if (firings.skip) await skip(found, firings.skip.dues, { reason: firings.skip.reason });
    if (firings.cancelPrevious) for (const id of busy) await cancel(found, id);
    for (const dueAt of firings.fire) await fireOrRefuse(found, dueAt);
    return firings.skip !== null || firings.fire.length > 0;
  };

  const handOut = async (due: DueSchedule, now: string): Promise<void> => {
    const key = `${due.scheduleId} ${due.dueAt}`;
    if (!handedOut.take(key)) return;
    try {
      if (!(await settle(due, now))) handedOut.giveBack(key);
    } catch (error) {
      onError(error);
    }
  };

  const look = async (): Promise<number | null> => {
    const owned = options.shards();
    if (owned.length === 0) return null;
    const { schedules, now, nextInMs } = await index.dueSchedules(owned, batchSize);
    await Promise.all(schedules.map((due) => handOut(due, now)));
    return nextInMs;
  };
  return startLookout(look, { time, onError });
};
