import { type ExecutionEvent, type Failure, plusMs } from '@studio/contracts';

import { countingAttempt, finalFailure, type Order, tooLate, type Unsettled } from './attempts.ts';
import { doubt } from './doubt.ts';
import { graphOf } from './graph.ts';
import { isEnding, type Run } from './run.ts';

/** When the next attempt may start; null when there shall be none. */
const nextTry = (run: Run, state: Unsettled, error: Failure, now: string): string | null => {
  const policy = graphOf(run.definition).nodes.get(state.nodeId)?.retry;
  if (!error.transient || isEnding(run) || !policy) return null;
  if (state.failures >= policy.maxRetries) return null;
  const delayMs = policy.delaysMs[Math.min(state.failures, policy.delaysMs.length - 1)] ?? 0;
  return plusMs(now, Math.max(delayMs, error.retryAfterMs ?? 0));
};

export const failNode = (run: Run, data: Order<'FailNode'>): ExecutionEvent[] => {
  const { instanceId, error, now } = data;
  const state = countingAttempt(run, data);
  if (!state) {
    const outcome = { code: error.code, message: error.message };
    return tooLate(run, data, { succeeded: false, outcome });
  }
  const { nodeId, attempt, generation, effect } = state;
  if (effect === 'unsafe' && error.outcomeUnknown)
    return doubt(run, state, { instanceId, now, reason: 'no_answer' });
  const dueAt = effect === 'unsafe' ? null : nextTry(run, state, error, now);
  if (!dueAt) return finalFailure(run, { instanceId, attempt, error });
  const next = { nodeId, instanceId, attempt: attempt + 1, generation, dueAt };
  return [
    { type: 'NodeFailed', data: { nodeId, instanceId, attempt, error, next: 'retry' } },
    { type: 'NodeRetryScheduled', data: next },
  ];
};
