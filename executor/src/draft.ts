import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';
import { decideRun, foldRun, type PlannedEffect, planRun, type Run } from '@studio/domain';

/** Facts decided and not yet recorded, and the run as it will be with them. */
export interface Draft {
  run: Run;
  readonly events: ExecutionEvent[];
  /** The plan of a run that was asked for last. */
  planned: { readonly run: Run; readonly plan: readonly PlannedEffect[] } | null;
}

export const draftOf = (run: Run): Draft => ({ run, events: [], planned: null });

/** What there is to do for the run as drafted so far. */
export const planOf = (draft: Draft): readonly PlannedEffect[] => {
  if (draft.planned?.run !== draft.run)
    draft.planned = { run: draft.run, plan: planRun(draft.run) };
  return draft.planned.plan;
};

/** Decides an order on the run as drafted so far. */
export const give = (draft: Draft, order: ExecutionCommand): void => {
  const events = decideRun(order, draft.run);
  if (events.length === 0) return;
  draft.events.push(...events);
  draft.run = foldRun(draft.run, events);
};

/** Takes up what an earlier owner of the run began and did not end. */
export const recover = (draft: Draft, epoch: number, now: string): void => {
  for (const effect of planOf(draft))
    if (effect.type === 'perform' && effect.state.epoch < epoch) {
      const { instanceId } = effect;
      give(draft, { type: 'RecoverNode', data: { instanceId, epoch, now } });
    }
};

export const wakeDue = (draft: Draft, now: string): void => {
  for (const effect of planOf(draft))
    if (effect.type === 'wake' && effect.dueAt <= now)
      give(draft, { type: 'FireTimer', data: { timerId: effect.timerId, now } });
};
