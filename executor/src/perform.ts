import type { ExecutionCommand, NodeContext, Timekeeper } from '@studio/contracts';
import { inputOf, type PlannedEffect, type Run } from '@studio/domain';
import { parseConfig } from '@studio/kinds';

import { failureOf, isCalledOff } from './failure.ts';
import { createProgressReports } from './progressReports.ts';
import { asRecorded, scopeOf } from './scope.ts';
import type { AroundStart } from './startChild.ts';
import { withinHeartbeat, withinTimeLimit } from './timeLimit.ts';
import { evaluator, type OwnWorkbench } from './workbench.ts';

export type Perform = Extract<PlannedEffect, { type: 'perform' }>;

const isSubWorkflow = ({ node }: Perform): boolean => node.kind.startsWith('sub-workflow@');

const startChild = async (
  { startChild: start }: OwnWorkbench,
  run: Run,
  effect: Perform,
  around: AroundStart,
): Promise<ExecutionCommand> => {
  if (!start) throw new Error('This executor starts no runs');
  return start(run, effect, around);
};

/** What an effect is given beside its workbench. */
interface Surroundings extends Pick<NodeContext<unknown>, 'progress' | 'heartbeat'> {
  readonly off: AbortController;
}

const act = async (
  workbench: OwnWorkbench,
  run: Run,
  { instanceId, node, state }: Perform,
  { off, progress, heartbeat }: Surroundings,
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
    ...{ progress, heartbeat },
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

/** Performs it for as long as it gives signs of life, and passes on what it says of how far it has come. */
const actAlive = async (
  workbench: OwnWorkbench,
  run: Run,
  effect: Perform,
  { off, time, onProgress }: Pick<PerformOptions, 'off' | 'time' | 'onProgress'>,
): Promise<ExecutionCommand> => {
  const { instanceId, node, state } = effect;
  const { attempt, epoch } = state;
  const reports = createProgressReports({
    ...{ time, off },
    record: (progress) => {
      onProgress({ type: 'ReportProgress', data: { instanceId, attempt, epoch, ...progress } });
    },
  });
  try {
    return await withinHeartbeat(
      node.heartbeatTimeoutMs,
      off,
      (limited, heartbeat) =>
        act(workbench, run, effect, {
          ...{ off: limited, heartbeat },
          progress: (made) => {
            heartbeat();
            reports.report(made);
          },
        }),
      time,
    );
  } finally {
    reports.stop();
  }
};

export interface PerformOptions {
  readonly off: AbortController;
  readonly now: () => string;
  readonly time: Timekeeper;
  /** Takes the order that records how far it has come. */
  readonly onProgress: (order: ExecutionCommand) => void;
}

/**
 * Performs an effect whose intent is on disk and brings back the order that records its outcome.
 * Null when it was called off: what became of it is then unknown, and recovery decides.
 */
export const perform = async (
  workbench: OwnWorkbench,
  run: Run,
  effect: Perform,
  { off, now, time, onProgress }: PerformOptions,
): Promise<ExecutionCommand | null> => {
  try {
    return await withinTimeLimit(
      effect.node.timeoutMs,
      off,
      (limited) =>
        isSubWorkflow(effect)
          ? startChild(workbench, run, effect, { now: now(), signal: limited.signal })
          : actAlive(workbench, run, effect, { off: limited, time, onProgress }),
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
