import type { ExecutionEvent } from '@studio/contracts';

import { dueApproval, passDeadline } from './approving.ts';
import { mayBegin, nodeIdOf, type Order } from './attempts.ts';
import { inputOf } from './inputs.ts';
import { startTimerId } from './plan.ts';
import { fold, isEnding, isOver, retryTimerId, type Run } from './run.ts';
import { consequencesOf, withConsequences } from './settle.ts';

export const setTimer = (run: Run, { instanceId, dueAt }: Order<'SetTimer'>): ExecutionEvent[] => {
  if (!mayBegin(run, instanceId)) return [];
  const nodeId = nodeIdOf(run, instanceId);
  return [
    { type: 'TimerSet', data: { nodeId, instanceId, timerId: `delay:${instanceId}`, dueAt } },
  ];
};

const dueTimer = (
  run: Run,
  timerId: string,
  now: string,
): { instanceId: string; wait: boolean } | null => {
  for (const [instanceId, state] of run.instances) {
    const wait = state.status === 'waiting' && state.timerId === timerId;
    const retry =
      state.status === 'retrying' && retryTimerId(instanceId, state.attempt) === timerId;
    if ((wait || retry) && state.dueAt <= now) return { instanceId, wait };
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
  const due = dueTimer(run, timerId, now);
  if (!due) return [];
  const { instanceId } = due;
  const nodeId = nodeIdOf(run, instanceId);
  const fired: ExecutionEvent = { type: 'TimerFired', data: { nodeId, instanceId, timerId } };
  if (!due.wait || run.paused) return [fired];
  const done = { nodeId, instanceId, attempt: 1, handle: 'output', output: inputOf(run, nodeId) };
  return withConsequences(run, [fired, { type: 'NodeCompleted', data: done }]);
};

export const fireTimer = (run: Run, { timerId, now }: Order<'FireTimer'>): ExecutionEvent[] => {
  if (isOver(run)) return [];
  if (timerId === startTimerId) return begin(run, now);
  if (isEnding(run)) return [];
  const approval = dueApproval(run, timerId, now);
  return approval ? passDeadline(run, approval, now) : fire(run, timerId, now);
};
