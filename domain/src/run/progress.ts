import type { ExecutionEvent } from '@studio/contracts';

import { countingAttempt, type Order } from './attempts.ts';
import type { Run } from './run.ts';

/** What an attempt says of itself counts while it is under way; the run's course does not change by it. */
export const reportProgress = (run: Run, data: Order<'ReportProgress'>): ExecutionEvent[] => {
  const state = countingAttempt(run, data);
  if (state?.status !== 'running') return [];
  const { instanceId, attempt, fraction, message } = data;
  const { nodeId } = state;
  return [{ type: 'NodeProgressed', data: { nodeId, instanceId, attempt, fraction, message } }];
};
