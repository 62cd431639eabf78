import type { ExecutionEvent, InstanceId } from '@studio/contracts';

import { isAwaitedToUndo } from './compensating.ts';
import { isUnsettled, type NodeState, type Run } from './run.ts';

/** Attempts that end with their run; what they did is unknown. */
export const cancelledAttempts = (
  { instances }: Run,
  isKept: (instanceId: InstanceId, state: NodeState) => boolean = () => false,
): ExecutionEvent[] =>
  [...instances].flatMap(([instanceId, state]): ExecutionEvent[] => {
    if (!isUnsettled(state) || isKept(instanceId, state)) return [];
    const { nodeId, attempt } = state;
    return [{ type: 'NodeCancelled', data: { nodeId, instanceId, attempt, outcome: 'unknown' } }];
  });

/** What is called off of a run that undoes what it did before it is cancelled. */
export const calledOffBeforeUndoing = (run: Run): ExecutionEvent[] =>
  cancelledAttempts(run, (id, state) => isAwaitedToUndo(run, id, state));
