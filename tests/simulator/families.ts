import type { ExecutionId } from '@studio/contracts';
import type { Run } from '@studio/domain';

import type { Complain } from './promises.ts';
import type { Truth } from './truth.ts';

/** The children that parents have on record, as often as they have. */
const awaitedIn = (truth: Truth): ExecutionId[] =>
  [...truth.runs.values()].flatMap(({ facts }) =>
    facts.flatMap(
      ({ type, data }) => (type === 'ChildStarted' ? [data.childExecutionId as ExecutionId] : []), // plain text in the log
    ),
  );

/**
 * True for a child that may go its way without its parent's knowing: that had ended, or failed and went on; or a
 * person had the child itself, which had failed, go on alone.
 */
const mayBeAlone = (truth: Truth, { parent, retries }: Run): boolean => {
  if (retries > 0) return true;
  const known = parent && truth.runs.get(parent.executionId as ExecutionId)?.run; // plain text in the log
  return known?.status === 'cancelled' || (known?.retries ?? 0) > 0;
};

/** True for a child that went all its way with nobody waiting for it. */
const isUnknown = (truth: Truth, known: ReadonlySet<ExecutionId>, run: Run): boolean =>
  run.parent !== null &&
  run.status === 'completed' &&
  !known.has(run.executionId) &&
  !mayBeAlone(truth, run);

/** Each attempt has one child, and a child one attempt; one that completed was awaited. */
export const checkFamilies = (truth: Truth, complain: Complain): void => {
  const awaited = awaitedIn(truth);
  const known = new Set(awaited);
  if (known.size < awaited.length) complain('one child for each attempt', awaited.join(', '));
  for (const id of known) if (!truth.runs.has(id)) complain('children are runs', id);
  for (const { run } of truth.runs.values())
    if (isUnknown(truth, known, run)) complain('children are awaited', run.executionId);
};
