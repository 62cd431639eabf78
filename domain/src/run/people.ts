import { DomainError, type ExecutionEvent, type InstanceId, StudioError } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { hasToUndo, isAwaitedToUndo } from './compensating.ts';
import { isOver, isUnsettled, type NodeState, type Run, shownStatus, standingMark } from './run.ts';
import { withConsequences } from './settle.ts';

type IsKept = (instanceId: InstanceId, state: NodeState) => boolean;

/** Attempts that end with their run; what they did is unknown. */
const cancelledAttempts = ({ instances }: Run, isKept: IsKept = () => false): ExecutionEvent[] =>
  [...instances].flatMap(([instanceId, state]): ExecutionEvent[] => {
    if (!isUnsettled(state) || isKept(instanceId, state)) return [];
    const { nodeId, attempt } = state;
    return [{ type: 'NodeCancelled', data: { nodeId, instanceId, attempt, outcome: 'unknown' } }];
  });

type Cancelled = Extract<ExecutionEvent, { type: 'WorkflowCancelled' }>['data'];

/** The end of an open run, with everything that is under way; where something is to be undone before, the order to end. */
export const cancelledBy = (
  run: Run,
  why: Pick<Cancelled, 'reason' | 'supersededBy'>,
): ExecutionEvent[] => {
  const mark = standingMark(run);
  if (!hasToUndo(run))
    return [{ type: 'WorkflowCancelled', data: { ...why, ...mark } }, ...cancelledAttempts(run)];
  return withConsequences(run, [
    { type: 'WorkflowCancellationRequested', data: { reason: why.reason, ...mark } },
    ...cancelledAttempts(run, (id, state) => isAwaitedToUndo(run, id, state)),
  ]);
};

export const cancel = (run: Run, { reason }: Order<'CancelWorkflow'>): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run))
    throw new DomainError(
      'execution.not_cancellable',
      `Cannot cancel execution with status: ${shownStatus(run)}`,
    );
  if (run.cancellation) return [];
  if (run.compensation)
    throw new DomainError(
      'execution.not_cancellable',
      'The execution has failed, and ends once what it did is undone',
    );
  return cancelledBy(run, { reason });
};

/** As `cancel`, by what has no use for a refusal: a run that undoes what it did is about to end. */
export const cancelUnlessEnding = (run: Run, data: Order<'CancelWorkflow'>): ExecutionEvent[] =>
  run.compensation ? [] : cancel(run, data);

export const pause = (run: Run, data: Order<'PauseWorkflow'>): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run))
    throw new DomainError(
      'execution.not_pausable',
      `Cannot pause execution with status: ${shownStatus(run)}`,
    );
  return run.paused ? [] : [{ type: 'WorkflowPaused', data: { ...data, ...standingMark(run) } }];
};

export const resume = (run: Run): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run))
    throw new DomainError(
      'execution.not_resumable',
      `Cannot resume execution with status: ${shownStatus(run)}`,
    );
  if (run.halted)
    throw new StudioError(
      'conflict',
      'execution.halted',
      'A kill switch has it stand still: it goes on once that is off',
    );
  return run.paused ? [{ type: 'WorkflowResumed', data: {} }] : [];
};

export const recordErasure = (run: Run): ExecutionEvent[] => {
  if (run.erased) return [];
  const { executionId, keyId } = run;
  const erased = { executionId, keyId };
  if (isOver(run)) return [{ type: 'DataErased', data: erased }];
  if (run.retries === 0)
    throw new DomainError('execution.not_ended', 'Only a run that has ended can be forgotten');
  // Retried after its key was deleted: nothing can be recorded of it any more.
  const data = { ...erased, cancelled: true as const, ...standingMark(run) };
  return [{ type: 'DataErased', data }, ...cancelledAttempts(run)];
};
