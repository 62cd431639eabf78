import { DomainError, isErasedUnder, plusMs } from '@studio/contracts';

import { isForgotten, isOver, type Run } from '../run/index.ts';
import type { StartData } from './start.ts';

/** Errors: `execution.not_ended`, `execution.erased`, `execution.not_rerunnable`. */
const refuseRerun = (run: Run, { keyId, trigger }: StartData): void => {
  if (!isOver(run))
    throw new DomainError('execution.not_ended', 'Only a run that has ended can be run again');
  const isErased = isErasedUnder(keyId, trigger);
  if (isErased || isForgotten(run))
    throw new DomainError(
      'execution.erased',
      'Execution cannot be run again: its data was erased, and with it what it began with',
    );
  if (run.parent)
    throw new DomainError(
      'execution.not_rerunnable',
      `It is part of the execution ${run.parent.executionId}: run that one again, or start its workflow`,
    );
};

/**
 * The fact that opens a run which does again, from the beginning, what `ended` was started to do: with the
 * same trigger, context, names, limits and definition, at once. What had fired that one (a schedule, the end
 * of another run) has not fired again: only the trigger node that it began at is kept.
 * Errors: those of `refuseRerun`.
 */
export const rerunData = (
  ended: Run,
  first: StartData,
  { now, ...ids }: Pick<StartData, 'executionId' | 'userId' | 'keyId'> & { readonly now: string },
): StartData => {
  refuseRerun(ended, first);
  const { deadline, firedBy, executionId: rerunOf } = first;
  const again: StartData = {
    ...first,
    ...ids,
    ...(deadline ? { deadline: { ...deadline, dueAt: plusMs(now, deadline.afterMs) } } : {}),
    ...(firedBy ? { firedBy: { by: 'rerun', nodeId: firedBy.nodeId } } : {}),
    rerunOf,
  };
  delete again.scheduledAt;
  return again;
};
