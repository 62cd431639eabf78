import { type ExecutionEvent, plusMs } from '@studio/contracts';

import {
  countingAttempt,
  finalFailure,
  mayBegin,
  nextAttempt,
  nodeIdOf,
  type Order,
  tooLate,
} from './attempts.ts';
import { isOpenAt } from './bodies.ts';
import { doubt } from './doubt.ts';
import { graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import type { Attempt, Run } from './run.ts';

/** An attempt with its node, and what became of it. */
type FailingState = Attempt & { readonly nodeId: string };
type Failed = Pick<Order<'FailNode'>, 'instanceId' | 'error' | 'now'>;

/** When the next attempt may start; null when there shall be none. */
const nextTry = (
  run: Run,
  state: FailingState,
  { instanceId, error, now }: Failed,
): string | null => {
  const graph = graphOf(run.definition);
  const policy = graph.nodes.get(state.nodeId)?.retry;
  if (!error.transient || !policy || state.failures >= policy.maxRetries) return null;
  if (!isOpenAt(run, graph, placeOf(graph, instanceId))) return null;
  const delayMs = policy.delaysMs[Math.min(state.failures, policy.delaysMs.length - 1)] ?? 0;
  return plusMs(now, Math.max(delayMs, error.retryAfterMs ?? 0));
};

/** A failure that is not tried again by itself: where the node says so it is held for a person, else it is final. */
const lastFailure = (run: Run, failed: Parameters<typeof finalFailure>[1]): ExecutionEvent[] => {
  const { instanceId, attempt, error } = failed;
  const graph = graphOf(run.definition);
  const nodeId = nodeIdOf(run, instanceId);
  const isHeld = graph.nodes.get(nodeId)?.onExhausted === 'pause';
  if (!isHeld || !isOpenAt(run, graph, placeOf(graph, instanceId)))
    return finalFailure(run, failed);
  return [{ type: 'NodeFailed', data: { nodeId, instanceId, attempt, error, next: 'hold' } }];
};

export const failPureNode = (run: Run, data: Order<'FailPureNode'>): ExecutionEvent[] => {
  if (!mayBegin(run, data.instanceId)) return [];
  const { attempt } = nextAttempt(run, data.instanceId);
  return lastFailure(run, { attempt, ...data });
};

/** The attempt failed: another one follows, or what follows a node's failure. */
export const failAttempt = (run: Run, state: FailingState, failed: Failed): ExecutionEvent[] => {
  const { instanceId, error } = failed;
  const { nodeId, attempt, generation, effect } = state;
  const dueAt = effect === 'unsafe' ? null : nextTry(run, state, failed);
  if (!dueAt) return lastFailure(run, { instanceId, attempt, error });
  const next = { nodeId, instanceId, attempt: attempt + 1, generation, dueAt };
  return [
    { type: 'NodeFailed', data: { nodeId, instanceId, attempt, error, next: 'retry' } },
    { type: 'NodeRetryScheduled', data: next },
  ];
};

export const failNode = (run: Run, data: Order<'FailNode'>): ExecutionEvent[] => {
  const { instanceId, error, now } = data;
  const state = countingAttempt(run, data);
  if (!state) {
    const outcome = { code: error.code, message: error.message };
    return tooLate(run, data, { succeeded: false, outcome });
  }
  if (state.effect === 'unsafe' && error.outcomeUnknown)
    return doubt(run, state, { instanceId, now, reason: 'no_answer' });
  return failAttempt(run, state, data);
};
