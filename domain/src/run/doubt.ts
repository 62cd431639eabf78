import type { ExecutionEvent } from '@studio/contracts';

import { finalFailure, type Order, type Unsettled } from './attempts.ts';
import { fold } from './evolve.ts';
import { graphOf } from './graph.ts';
import { isOver, type Run } from './run.ts';
import { withConsequences } from './settle.ts';

/** An unsafe effect without a known outcome is never repeated by itself: the node's policy or a person decides. */
export const doubt = (
  run: Run,
  state: Unsettled,
  { instanceId, now, reason }: { instanceId: string; now: string; reason: 'crash' | 'no_answer' },
): ExecutionEvent[] => {
  if (state.status === 'in_doubt') return [];
  const { nodeId, attempt, generation } = state;
  const inDoubt: ExecutionEvent = {
    type: 'NodeInDoubt',
    data: { nodeId, instanceId, attempt, reason },
  };
  const after = fold(run, [inDoubt]);
  switch (graphOf(run.definition).nodes.get(nodeId)?.onInDoubt) {
    case 'retry': {
      const next = { nodeId, instanceId, attempt: attempt + 1, generation, dueAt: now };
      return [inDoubt, ...withConsequences(after, [{ type: 'NodeRetryScheduled', data: next }])];
    }
    case 'fail': {
      const message = 'The effect began and its outcome is unknown';
      const error = { code: 'node.outcome_unknown', message, transient: false };
      return [inDoubt, ...finalFailure(after, { instanceId, attempt, error })];
    }
    case 'ask':
    case undefined:
      return [inDoubt];
  }
};

export const recoverNode = (run: Run, data: Order<'RecoverNode'>): ExecutionEvent[] => {
  const state = run.instances.get(data.instanceId);
  if (isOver(run) || state?.status !== 'running' || state.epoch >= data.epoch) return [];
  if (state.effect === 'unsafe')
    return doubt(run, state, { instanceId: data.instanceId, now: data.now, reason: 'crash' });
  if (run.paused) return [];
  const { nodeId, attempt, generation, effect, idempotencyKey, input } = state;
  const { instanceId, epoch } = data;
  const again = { nodeId, instanceId, attempt: attempt + 1, generation, epoch };
  return [{ type: 'NodeStarted', data: { ...again, effect, idempotencyKey, input } }];
};
