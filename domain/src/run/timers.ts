import type { ExecutionEvent } from '@studio/contracts';

import { dueApproval, passDeadline } from './approving.ts';
import { mayBegin, nodeIdOf, type Order } from './attempts.ts';
import { isOpenAt } from './bodies.ts';
import { deadlineTimer, exceedDeadline } from './deadline.ts';
import { fold } from './evolve.ts';
import { graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import { startTimerId } from './plan.ts';
import { isOver, type NodeState, retryTimerId, type Run } from './run.ts';
import { consequencesOf, withConsequences } from './settle.ts';

export const setTimer = (run: Run, { instanceId, dueAt }: Order<'SetTimer'>): ExecutionEvent[] => {
  if (!mayBegin(run, instanceId)) return [];
  const nodeId = nodeIdOf(run, instanceId);
  return [
    { type: 'TimerSet', data: { nodeId, instanceId, timerId: `delay:${instanceId}`, dueAt } },
  ];
};

const timerOf = (
  instanceId: string,
  state: NodeState,
): { readonly timerId: string; readonly dueAt: string } | null => {
  if (state.status === 'waiting') return state;
  if (state.status === 'awaiting_signal') return state.timer;
  if (state.status !== 'retrying') return null;
  return { timerId: retryTimerId(instanceId, state.attempt), dueAt: state.dueAt };
};

/** The instance that waits for the timer, if its time has come. */
const dueTimer = (run: Run, timerId: string, now: string): string | null => {
  for (const [instanceId, state] of run.instances) {
    const timer = timerOf(instanceId, state);
    if (timer?.timerId === timerId && timer.dueAt <= now) return instanceId;
  }
  return null;
};

/** The instant that a run waits for has come: it begins. */
const begin = (run: Run, now: string): ExecutionEvent[] => {
  if (run.startsAt === null || run.startsAt > now) return [];
  const reached: ExecutionEvent = { type: 'StartTimeReached', data: {} };
  return [reached, ...consequencesOf(fold(run, [reached]))];
};

/** A wait that is over, or an attempt that may start again. */
const fire = (run: Run, timerId: string, now: string): ExecutionEvent[] => {
  const instanceId = dueTimer(run, timerId, now);
  if (instanceId === null) return [];
  const graph = graphOf(run.definition);
  const place = placeOf(graph, instanceId);
  if (!isOpenAt(run, graph, place)) return [];
  const { nodeId } = place;
  return withConsequences(run, [{ type: 'TimerFired', data: { nodeId, instanceId, timerId } }]);
};

export const fireTimer = (run: Run, { timerId, now }: Order<'FireTimer'>): ExecutionEvent[] => {
  if (isOver(run)) return [];
  if (timerId === startTimerId) return begin(run, now);
  if (timerId === deadlineTimer(run.retries)) return exceedDeadline(run, now);
  const approval = dueApproval(run, timerId, now);
  return approval ? passDeadline(run, approval, now) : fire(run, timerId, now);
};
