import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';
import {
  applyToDraft,
  decideRun,
  draftOfRun,
  type PlannedEffect,
  planRun,
  type Run,
  type RunDraft,
} from '@studio/domain';

/** Facts decided and not yet recorded, and the run as it will be with them. */
export interface Draft {
  run: Run;
  /** The same run once there are facts: a copy of our own, so that each of them only changes it. */
  own: RunDraft | null;
  readonly events: ExecutionEvent[];
  /** What there is to do, where it was asked since the last fact. */
  planned: readonly PlannedEffect[] | null;
}

export const draftOf = (run: Run): Draft => ({
  run,
  own: null,
  events: [],
  planned: null,
});

/** What there is to do for the run as drafted so far. */
export const planOf = (draft: Draft): readonly PlannedEffect[] =>
  (draft.planned ??= planRun(draft.run));

/** Decides an order on the run as drafted so far. */
export const give = (draft: Draft, order: ExecutionCommand): void => {
  const events = decideRun(order, draft.run);
  if (events.length === 0) return;
  draft.events.push(...events);
  const run = (draft.own ??= draftOfRun(draft.run));
  for (const event of events) applyToDraft(run, event);
  draft.run = run;
  draft.planned = null;
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
