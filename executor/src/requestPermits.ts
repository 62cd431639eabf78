import { type ExecutionCommand, Permit, type RunLimit } from '@studio/contracts';
import type { PlannedEffect, Run } from '@studio/domain';

import { failureOf, isCalledOff } from './failure.ts';
import type { Workbench } from './workbench.ts';

export type Ask = Extract<PlannedEffect, { type: 'ask' }>;

export interface AskOptions {
  readonly workspaceId: string;
  readonly signal: AbortSignal;
}

/** What a limit is counted by: runs of one key share it. The value of `per` is a part of it that nobody can read. */
const permitOf = async (
  { expressions, pseudonym }: Workbench,
  run: Run,
  limit: RunLimit,
  { workspaceId, signal }: AskOptions,
): Promise<Permit> => {
  const { scope, withinMs, per, debounceMs } = limit;
  const { trigger, executionId, workflowId, context } = run;
  const execution = { id: executionId, workflow_id: workflowId, context };
  const value =
    per === undefined
      ? null
      : await expressions.evaluate(per, { trigger, input: null, nodes: {}, execution }, signal);
  const whose = scope === 'workspace' ? workspaceId : workflowId;
  const debounces = debounceMs === undefined ? [] : ['debounce'];
  const key = pseudonym(
    JSON.stringify([scope, whose, withinMs ?? null, per ?? null, value ?? null, ...debounces]),
  );
  return Permit.parse({ ...limit, key });
};

/** The order by which a run asks for the permits that it needs to begin, or fails for want of a key. */
export const requestPermits = async (
  workbench: Workbench,
  run: Run,
  { limits }: Ask,
  options: AskOptions,
): Promise<ExecutionCommand> => {
  try {
    const permits = await Promise.all(
      limits.map((limit) => permitOf(workbench, run, limit, options)),
    );
    return { type: 'RequestPermits', data: { permits } };
  } catch (error) {
    const failure = failureOf(error);
    // What may pass is tried again: no run has failed by it.
    if (isCalledOff(error) || failure.transient) throw error;
    return { type: 'BreakStart', data: { error: failure } };
  }
};
