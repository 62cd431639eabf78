import type { ExecutionEvent, InstanceId } from '@studio/contracts';

import type { Draft, Fact, NodeState } from './run.ts';
import type { Signal, Signals } from './signal.ts';

export type AwaitingState = Extract<NodeState, { status: 'awaiting_signal' }>;

/** The id of the answer by a callback URL: there is one for each attempt. */
export const callbackId = (instanceId: InstanceId, attempt: number): string =>
  `callback:${instanceId}#${attempt}`;

/** The timer of a wait's deadline. */
export const signalTimerId = (instanceId: InstanceId, attempt: number): string =>
  `signal:${instanceId}#${attempt}`;

const fits = (
  { name, forInstance }: NonNullable<Signal['kept']>,
  instanceId: InstanceId,
  state: AwaitingState,
): boolean => (forInstance === null ? name === state.name : forInstance === instanceId);

/** The oldest signal that the instance may take and has not declined. */
export const nextSignal = (
  signals: Signals,
  instanceId: InstanceId,
  state: AwaitingState,
): { readonly signalId: string; readonly kept: NonNullable<Signal['kept']> } | null => {
  for (const [signalId, { at, kept }] of signals)
    if (kept && at > state.lookedAt && fits(kept, instanceId, state)) return { signalId, kept };
  return null;
};

/** True when the wait's expression has to say whether it takes the signal. */
export const isToBeJudged = (
  { selects }: AwaitingState,
  { forInstance }: NonNullable<Signal['kept']>,
): boolean => selects && forInstance === null;

const receive = (run: Draft, data: Fact<'SignalReceived'>): void => {
  const { signalId, name, forInstance, payload } = data;
  const signal: Signal = { at: run.revision, kept: { name, forInstance, payload } };
  run.signals = new Map(run.signals).set(signalId, signal);
};

const awaitSignal = (run: Draft, data: Fact<'SignalAwaited'>): void => {
  const { nodeId, instanceId, attempt, generation, name, callback, selects } = data;
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'awaiting_signal', attempt, generation },
    ...{ name, callback, selects, lookedAt: -1, timer: null },
  });
};

const decline = (run: Draft, { instanceId, signalId }: Fact<'SignalDeclined'>): void => {
  const state = run.instances.get(instanceId);
  const signal = run.signals.get(signalId);
  if (state?.status === 'awaiting_signal' && signal)
    run.instances.set(instanceId, { ...state, at: run.revision, lookedAt: signal.at });
};

const take = (run: Draft, { nodeId, instanceId, signalId }: Fact<'SignalTaken'>): void => {
  const signal = run.signals.get(signalId);
  const state = run.instances.get(instanceId);
  if (!signal?.kept || state?.status !== 'awaiting_signal') return;
  const { payload } = signal.kept;
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'fired', attempt: state.attempt, brought: { payload } },
  });
  run.signals = new Map(run.signals).set(signalId, { ...signal, kept: null });
};

export type SignalFact = Extract<ExecutionEvent, { type: `Signal${string}` }>;

/** Changes the run by a fact about its signals. */
export const applySignal = (run: Draft, event: SignalFact): void => {
  switch (event.type) {
    case 'SignalReceived':
      receive(run, event.data);
      return;
    case 'SignalAwaited':
      awaitSignal(run, event.data);
      return;
    case 'SignalDeclined':
      decline(run, event.data);
      return;
    case 'SignalTaken':
      take(run, event.data);
  }
};
