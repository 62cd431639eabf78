import type { ExecutionEvent, InstanceId } from '@studio/contracts';

import type { Signals } from './signal.ts';
import { type AwaitingState, isToBeJudged, nextSignal } from './signals.ts';

/** The instance goes on with the signal; its deadline is off. */
export const takeSignal = (
  instanceId: InstanceId,
  { nodeId, timer, lapsed }: AwaitingState,
  signalId: string,
): ExecutionEvent[] => {
  const place = { nodeId, instanceId };
  const taken: ExecutionEvent = { type: 'SignalTaken', data: { ...place, signalId } };
  if (!timer || lapsed) return [taken];
  // In this order: of a record that broke off between the two, the timer is set again.
  return [{ type: 'TimerCancelled', data: { ...place, timerId: timer.timerId } }, taken];
};

/** What follows by itself for an instance that waits: it takes a signal that needs no judging. */
export const signalStep = (
  signals: Signals,
  instanceId: InstanceId,
  state: AwaitingState,
): ExecutionEvent[] => {
  const next = nextSignal(signals, instanceId, state);
  return next && !isToBeJudged(state, next.kept)
    ? takeSignal(instanceId, state, next.signalId)
    : [];
};
