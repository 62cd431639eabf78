import type { ExecutionCommand, Timekeeper } from '@studio/contracts';
import { inputOf, type PlannedEffect, type Run } from '@studio/domain';
import { parseConfig } from '@studio/kinds';

import { failureOf, isCalledOff } from './failure.ts';
import { asRecorded, scopeOf } from './scope.ts';
import { withinTimeLimit } from './timeLimit.ts';
import { evaluator, type OwnWorkbench } from './workbench.ts';

export type Perform = Extract<PlannedEffect, { type: 'perform' }>;

const isSubWorkflow = ({ node }: Perform): boolean => node.kind.startsWith('sub-workflow@');

const startChild = async (
  { startChild: start }: OwnWorkbench,
  run: Run,
  effect: Perform,
  now: string,
): Promise<ExecutionCommand> => {
  if (!start) throw new Error('This executor starts no runs');
  return start(run, effect, now);
};

const act = async (
  workbench: OwnWorkbench,
  run: Run,
  { instanceId, node, state }: Perform,
  off: AbortController,
): Promise<ExecutionCommand> => {
  const kind = workbench.findKind(node.kind);
  if (!kind?.run) throw new Error(`Kind ${node.kind} cannot be performed`);
  const outcome = await kind.run({
    ...{ config: parseConfig(kind, state.input), input: inputOf(run, instanceId) },
    // Made when it is first asked for: many effects never look at it.
    get signal() {
      return off.signal;
    },
    ...{ idempotencyKey: state.idempotencyKey, http: workbench.http, models: workbench.models },
    // Most effects have had their settings filled in already and ask for nothing more.
    evaluate: (expression, extra) =>
      evaluator(workbench, scopeOf(run, instanceId), off.signal)(expression, extra),
  });
  const { attempt, epoch } = state;
  return {
    type: 'CompleteNode',
    data: {
      ...{ instanceId, attempt, epoch, handle: outcome.handle ?? 'output' },
      output: asRecorded(outcome.output),
      turns: (outcome.turns ?? []).map(({ turn, answer }) => ({
        turn,
        answer: asRecorded(answer),
      })),
    },
  };
};

/**
 * Performs an effect whose intent is on disk and brings back the order that records its outcome.
 * Null when it was called off: what became of it is then unknown, and recovery decides.
 */
export const perform = async (
  workbench: OwnWorkbench,
  run: Run,
  effect: Perform,
  { off, now, time }: { off: AbortController; now: () => string; time: Timekeeper },
): Promise<ExecutionCommand | null> => {
  try {
    return await withinTimeLimit(
      effect.node.timeoutMs,
      off,
      (limited) =>
        isSubWorkflow(effect)
          ? startChild(workbench, run, effect, now())
          : act(workbench, run, effect, limited),
      time,
    );
  } catch (error) {
    if (off.signal.aborted || isCalledOff(error)) return null;
    const { attempt, epoch } = effect.state;
    const { instanceId } = effect;
    const failed = { instanceId, attempt, epoch, error: failureOf(error), now: now() };
    return { type: 'FailNode', data: failed };
  }
};
