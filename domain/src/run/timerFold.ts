import { attemptAt, attemptIn } from './attemptFold.ts';
import type { Draft, Fact, NodeState } from './run.ts';
import { firstTry } from './tries.ts';

export const setTimer = (run: Draft, data: Fact<'TimerSet'>): void => {
  const { nodeId, instanceId, timerId, dueAt } = data;
  const state = run.instances.get(instanceId);
  const at = run.revision;
  const attempt = state ? attemptAt(state) : firstTry(run, nodeId).attempt;
  if (state?.status === 'awaiting_approval') {
    const { generation, requestedAt } = state; // its deadline had lapsed
    run.instances.set(instanceId, {
      ...{ nodeId, at, status: 'awaiting_approval', attempt, generation, requestedAt },
    });
  } else if (state?.status === 'awaiting_signal') {
    const { generation, name, callback, selects, lookedAt } = state; // it may have lapsed
    run.instances.set(instanceId, {
      ...{ nodeId, at, status: 'awaiting_signal', attempt, generation },
      ...{ name, callback, selects, lookedAt, timer: { timerId, dueAt } },
    });
  } else run.instances.set(instanceId, { nodeId, at, status: 'waiting', attempt, timerId, dueAt });
};

export const fireTimer = (run: Draft, { instanceId, nodeId }: Fact<'TimerFired'>): void => {
  const state = run.instances.get(instanceId);
  const at = run.revision;
  if (state?.status === 'retrying')
    run.instances.set(instanceId, { nodeId, at, status: 'due', ...attemptIn(state) });
  else
    run.instances.set(instanceId, {
      ...{ nodeId, at, status: 'fired', attempt: attemptAt(state) },
      ...(state?.status === 'awaiting_signal' ? { handle: 'timeout' } : {}),
    });
};

const lapsing = ['waiting', 'retrying', 'awaiting_approval', 'awaiting_signal'] as const;

const mayLapse = (
  state: NodeState | undefined,
): state is Extract<NodeState, { status: (typeof lapsing)[number] }> =>
  lapsing.some((status) => state?.status === status);

export const letTimersLapse = (run: Draft): void => {
  for (const [instanceId, state] of run.instances)
    if (mayLapse(state)) run.instances.set(instanceId, { ...state, lapsed: true });
};

/** Nothing waits for the timer any more; it would have to be set again. */
export const cancelTimer = (run: Draft, { instanceId }: Fact<'TimerCancelled'>): void => {
  const state = run.instances.get(instanceId);
  if (mayLapse(state)) run.instances.set(instanceId, { ...state, lapsed: true });
};
