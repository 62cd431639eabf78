import { attemptAt, attemptIn } from './attemptFold.ts';
import type { Draft, Fact, NodeState } from './run.ts';

export const setTimer = (
  run: Draft,
  { nodeId, instanceId, timerId, dueAt }: Fact<'TimerSet'>,
): void => {
  const state = run.instances.get(instanceId);
  const at = run.revision;
  const attempt = attemptAt(state);
  if (state?.status === 'awaiting_approval') {
    const { generation, requestedAt } = state; // its deadline had lapsed
    run.instances.set(instanceId, {
      ...{ nodeId, at, status: 'awaiting_approval', attempt, generation, requestedAt },
    });
  } else run.instances.set(instanceId, { nodeId, at, status: 'waiting', attempt, timerId, dueAt });
};

export const fireTimer = (run: Draft, { instanceId, nodeId }: Fact<'TimerFired'>): void => {
  const state = run.instances.get(instanceId);
  const at = run.revision;
  if (state?.status === 'retrying')
    run.instances.set(instanceId, { nodeId, at, status: 'due', ...attemptIn(state) });
  else run.instances.set(instanceId, { nodeId, at, status: 'fired', attempt: attemptAt(state) });
};

const mayLapse = (
  state: NodeState | undefined,
): state is Extract<NodeState, { status: 'waiting' | 'retrying' | 'awaiting_approval' }> =>
  state?.status === 'waiting' ||
  state?.status === 'retrying' ||
  state?.status === 'awaiting_approval';

export const letTimersLapse = (run: Draft): void => {
  for (const [instanceId, state] of run.instances)
    if (mayLapse(state)) run.instances.set(instanceId, { ...state, lapsed: true });
};

/** Nothing waits for the timer any more; it would have to be set again. */
export const cancelTimer = (run: Draft, { instanceId }: Fact<'TimerCancelled'>): void => {
  const state = run.instances.get(instanceId);
  if (mayLapse(state)) run.instances.set(instanceId, { ...state, lapsed: true });
};
