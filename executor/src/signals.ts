import { type ExecutionCommand, type NodeKind, plusMs, type WaitConfig } from '@studio/contracts';
import type { PlannedEffect, Run } from '@studio/domain';
import { isTruthy } from '@studio/kinds';

import { failureOf, isCalledOff } from './failure.ts';
import { scopeOf } from './scope.ts';
import { evaluator, type Workbench } from './workbench.ts';

export type Judge = Extract<PlannedEffect, { type: 'judge' }>;

export const isWait = ({ kind }: NodeKind): boolean => kind === 'wait-for-event';

/** The order by which a node waits for a signal. `now` is an Instant. */
export const awaitSignal = (
  instanceId: string,
  { signal, expression, callback, deadlineMs }: WaitConfig,
  now: string,
): ExecutionCommand => ({
  type: 'AwaitSignal',
  data: {
    ...{ instanceId, name: signal ?? null, callback, selects: expression !== undefined },
    dueAt: deadlineMs === undefined ? null : plusMs(now, deadlineMs),
  },
});

/** The order by which a wait takes a signal, declines it, or fails: its expression is asked. */
export const judgeSignal = async (
  workbench: Workbench,
  run: Run,
  { instanceId, node, signalId, payload }: Judge,
  { signal }: { readonly signal: AbortSignal },
): Promise<ExecutionCommand> => {
  try {
    const evaluate = evaluator(workbench, scopeOf(run, instanceId), signal);
    const said = await evaluate(String(node.config['expression']), { signal: payload });
    return { type: 'JudgeSignal', data: { instanceId, signalId, holds: isTruthy(said) } };
  } catch (error) {
    if (isCalledOff(error)) throw error;
    return { type: 'FailJudging', data: { instanceId, signalId, error: failureOf(error) } };
  }
};
