import { executionStream, plusMs, type RunDays, workspaceStream } from '@studio/contracts';
import {
  handle,
  isOver,
  load,
  type Loaded,
  type Run,
  run,
  runDaysIn,
  workspace,
} from '@studio/domain';
import type { DueRun, DueRuns } from '@studio/infra';

import type { CommandApiDependencies } from '../dependencies.ts';
import { eraseRun } from '../executions/forget.ts';

export interface SweepParts {
  readonly dependencies: Pick<
    CommandApiDependencies,
    'log' | 'keys' | 'files' | 'clock' | 'newId' | 'patience'
  >;
  readonly dueRuns: DueRuns;
  /** A run that cannot be erased now: it is due again at the next sweep. */
  readonly onTrouble: (error: unknown) => void;
}

const pageSize = 100;
const dayMs = 86_400_000;
/** Who records what nobody ordered. */
const actor = { kind: 'system', id: 'retention' } as const;

/** True for a run that ended, or was last heard of, longer ago than its workspace keeps it. */
const isKeptNoLonger = (
  { state, changed }: Loaded<Run>,
  runDays: RunDays,
  now: string,
): boolean => {
  if (runDays === null || !changed || !isOver(state) || state.erased) return false;
  return changed.occurredAt <= plusMs(now, -runDays * dayMs);
};

/** Looks at the streams themselves: what read models know may be old, and erasing cannot be undone. */
const eraseIfDue = async (
  { dependencies }: SweepParts,
  { executionId, workspaceId }: DueRun,
  commandId: string,
): Promise<boolean> => {
  const { log, clock } = dependencies;
  const stream = executionStream(executionId);
  const { state: owner } = await load(log, workspace, workspaceStream(workspaceId));
  const known = await load(log, run, stream);
  const now = clock();
  if (!isKeptNoLonger(known, runDaysIn(owner), now)) return false;
  const cause = {
    ...{ correlationId: commandId, causationId: commandId, commandId },
    ...{ actor, workspaceId, occurredAt: now },
  };
  await eraseRun(dependencies, known.state, async () => {
    const command = { type: 'RecordErasure', data: {} } as const;
    const keys = ({ keyId }: Run) => ({ run: keyId });
    return (await handle(dependencies, run, { stream, known, command, cause, keys })).state;
  });
  return true;
};

/** Goes through one page; answers how many runs it erased. */
const sweepPage = async (
  parts: SweepParts,
  due: readonly DueRun[],
  signal: AbortSignal,
): Promise<number> => {
  const commandId = parts.dependencies.newId();
  let erased = 0;
  for (const next of due) {
    if (signal.aborted) return erased;
    try {
      if (await eraseIfDue(parts, next, commandId)) erased += 1;
    } catch (error) {
      parts.onTrouble(error);
    }
  }
  return erased;
};

/** Erases every ended run that its workspace keeps no longer; answers how many. Several that sweep at once do no harm. */
export const sweepRetention = async (parts: SweepParts, signal: AbortSignal): Promise<number> => {
  const { dependencies, dueRuns } = parts;
  let erased = 0;
  for (let after = ''; !signal.aborted;) {
    const due = await dueRuns({ now: dependencies.clock(), after, limit: pageSize });
    erased += await sweepPage(parts, due, signal);
    const last = due.at(-1);
    if (!last || due.length < pageSize) break;
    after = last.executionId;
  }
  return erased;
};
