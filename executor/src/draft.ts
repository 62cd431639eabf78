import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';
import { decideRun, foldRun, planRun, type Run } from '@studio/domain';

/** Facts decided and not yet recorded, and the run as it will be with them. */
export interface Draft {
  run: Run;
  readonly events: ExecutionEvent[];
}

/** Decides an order on the run as drafted so far. */
export const give = (draft: Draft, order: ExecutionCommand): void => {
  const events = decideRun(order, draft.run);
  draft.events.push(...events);
  draft.run = foldRun(draft.run, events);
};

/** Takes up what an earlier owner of the run began and did not end. */
export const recover = (draft: Draft, epoch: number, now: string): void => {
  for (const effect of planRun(draft.run))
    if (effect.type === 'perform' && effect.state.epoch < epoch) {
      const { instanceId } = effect;
      give(draft, { type: 'RecoverNode', data: { instanceId, epoch, now } });
    }
};

export const wakeDue = (draft: Draft, now: string): void => {
  for (const effect of planRun(draft.run))
    if (effect.type === 'wake' && effect.dueAt <= now)
      give(draft, { type: 'FireTimer', data: { timerId: effect.timerId, now } });
};
