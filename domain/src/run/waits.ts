import { DomainError, type ExecutionEvent, StudioError } from '@studio/contracts';

import { finalFailure, mayBegin, nextAttempt, nodeIdOf, type Order } from './attempts.ts';
import { isOpenAt, mayGoOn } from './bodies.ts';
import { fold } from './evolve.ts';
import { graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import { isOver, type Run } from './run.ts';
import { consequencesOf, withConsequences } from './settle.ts';
import { callbackId, isToBeJudged, nextSignal, signalTimerId } from './signals.ts';
import { takeSignal } from './takeSignal.ts';
import { firstTry } from './tries.ts';

export const awaitSignal = (run: Run, data: Order<'AwaitSignal'>): ExecutionEvent[] => {
  const { instanceId, dueAt, name, callback, selects } = data;
  if (!mayBegin(run, instanceId)) return [];
  const nodeId = nodeIdOf(run, instanceId);
  const next = nextAttempt(run, instanceId);
  const timerId = signalTimerId(instanceId, next.attempt);
  const awaited: ExecutionEvent = {
    type: 'SignalAwaited',
    data: { nodeId, instanceId, ...next, name, callback, selects },
  };
  if (dueAt === null) return withConsequences(run, [awaited]);
  const timer = { nodeId, instanceId, timerId, dueAt, waitsFor: 'signal' as const };
  return withConsequences(run, [awaited, { type: 'TimerSet', data: timer }]);
};

/** So many signals wait for a node, at most: a sender in a ring fills no memory. */
const mostKept = 1_000;

type Received = Extract<ExecutionEvent, { type: 'SignalReceived' }>['data'];

const receive = (run: Run, data: Received): ExecutionEvent[] => {
  const kept = run.signals.values().filter((signal) => signal.kept !== null);
  if (kept.toArray().length >= mostKept)
    throw new DomainError('signal.too_many', `${mostKept} signals wait for a node already`);
  const received: ExecutionEvent = { type: 'SignalReceived', data };
  return [received, ...consequencesOf(fold(run, [received]))];
};

const refuseEnded = (run: Run): void => {
  if (isOver(run))
    throw new DomainError('signal.run_ended', 'The execution has ended: nothing waits any more');
};

/** Kept until a node takes it; the same signal again changes nothing. */
export const receiveSignal = (run: Run, data: Order<'ReceiveSignal'>): ExecutionEvent[] => {
  if (run.status === 'unstarted')
    throw new StudioError('not_found', 'execution.not_found', 'There is no such run');
  if (run.signals.has(data.signalId)) return [];
  refuseEnded(run);
  return receive(run, { ...data, forInstance: null });
};

/** True for the very attempt whose callback URL this is; one that has not begun yet will be the first. */
const isAwaited = (run: Run, { instanceId, attempt }: Order<'ReceiveCallback'>): boolean => {
  const state = run.instances.get(instanceId);
  if (state)
    return state.status === 'awaiting_signal' && state.callback && state.attempt === attempt;
  const graph = graphOf(run.definition);
  const place = placeOf(graph, instanceId);
  const isFirst = attempt === firstTry(run, place.nodeId).attempt;
  return isFirst && graph.nodes.has(place.nodeId) && mayGoOn(run, graph, place);
};

/** A callback answers once. */
export const receiveCallback = (run: Run, data: Order<'ReceiveCallback'>): ExecutionEvent[] => {
  const { instanceId: forInstance, attempt, payload } = data;
  const signalId = callbackId(forInstance, attempt);
  if (run.signals.has(signalId))
    throw new StudioError('conflict', 'callback.used', 'This callback was answered already');
  if (isOver(run) || !isAwaited(run, data))
    throw new StudioError(
      'conflict',
      'callback.expired',
      'Nobody waits for this callback any more',
    );
  return receive(run, { signalId, name: null, forInstance, payload, sentBy: null });
};

/** The wait at the instance and the signal that it is to decide on; null when it is another one by now. */
const waitFor = (run: Run, instanceId: string, signalId: string) => {
  const state = run.instances.get(instanceId);
  if (state?.status !== 'awaiting_signal' || run.paused) return null;
  const graph = graphOf(run.definition);
  if (!isOpenAt(run, graph, placeOf(graph, instanceId))) return null;
  const next = nextSignal(run.signals, instanceId, state);
  return next?.signalId === signalId && isToBeJudged(state, next.kept) ? { state } : null;
};

export const judgeSignal = (run: Run, data: Order<'JudgeSignal'>): ExecutionEvent[] => {
  const { instanceId, signalId, holds } = data;
  const wait = waitFor(run, instanceId, signalId);
  if (!wait) return [];
  if (holds) return withConsequences(run, takeSignal(instanceId, wait.state, signalId));
  const declined = { nodeId: wait.state.nodeId, instanceId, signalId };
  return withConsequences(run, [{ type: 'SignalDeclined', data: declined }]);
};

export const failJudging = (run: Run, data: Order<'FailJudging'>): ExecutionEvent[] => {
  const { instanceId, signalId, error } = data;
  const wait = waitFor(run, instanceId, signalId);
  return wait ? finalFailure(run, { instanceId, attempt: wait.state.attempt, error }) : [];
};
