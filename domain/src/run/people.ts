import { DomainError, type ExecutionEvent, StudioError } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { calledOffBeforeUndoing, cancelledAttempts } from './callingOff.ts';
import { hasToUndo } from './compensating.ts';
import { isOver, type Run, shownStatus, standingMark } from './run.ts';
import { withConsequences } from './settle.ts';

type Cancelled = Extract<ExecutionEvent, { type: 'WorkflowCancelled' }>['data'];

/** The end of an open run, with everything that is under way; where something is to be undone before, the order to end. */
export const cancelledBy = (
  run: Run,
  why: Pick<Cancelled, 'reason' | 'supersededBy' | 'burstEndsBy'>,
): ExecutionEvent[] => {
  const mark = standingMark(run);
  if (!hasToUndo(run))
    return [{ type: 'WorkflowCancelled', data: { ...why, ...mark } }, ...cancelledAttempts(run)];
  return withConsequences(run, [
    { type: 'WorkflowCancellationRequested', data: { reason: why.reason, ...mark } },
    ...calledOffBeforeUndoing(run),
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
