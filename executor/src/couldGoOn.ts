import { isForgotten, isOver, type Run } from '@studio/domain';

import { draftOf, give, planOf, recover, wakeDue } from './draft.ts';

/** True when something of the run can be done or recorded now; false while all of it waits, or stands still by someone's word. */
export const couldGoOn = (run: Run, epoch: number, now: string): boolean => {
  if (isOver(run) || isForgotten(run) || run.paused) return false;
  const draft = draftOf(run);
  give(draft, { type: 'SettleRun', data: {} });
  recover(draft, epoch, now);
  wakeDue(draft, now);
  return draft.events.length > 0 || planOf(draft).some(({ type }) => type !== 'wake');
};
