import { DomainError, type ExecutionEvent, StudioError } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { isOver, isUnsettled, type Run, shownStatus, standingMark } from './run.ts';

/** Attempts that end with their run; what they did is unknown. */
const cancelledAttempts = ({ instances }: Run): ExecutionEvent[] =>
  [...instances].flatMap(([instanceId, state]): ExecutionEvent[] => {
    if (!isUnsettled(state)) return [];
    const { nodeId, attempt } = state;
    return [{ type: 'NodeCancelled', data: { nodeId, instanceId, attempt, outcome: 'unknown' } }];
  });

type Cancelled = Extract<ExecutionEvent, { type: 'WorkflowCancelled' }>['data'];

/** The end of an open run, with everything that is under way. */
export const cancelledBy = (
  run: Run,
  why: Pick<Cancelled, 'reason' | 'supersededBy'>,
): ExecutionEvent[] => {
  const data = { ...why, ...standingMark(run) };
  return [{ type: 'WorkflowCancelled', data }, ...cancelledAttempts(run)];
};

export const cancel = (run: Run, { reason }: Order<'CancelWorkflow'>): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run))
    throw new DomainError(
      'execution.not_cancellable',
      `Cannot cancel execution with status: ${shownStatus(run)}`,
    );
  return cancelledBy(run, { reason });
};

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
