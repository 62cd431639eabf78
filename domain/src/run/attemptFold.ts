import type { Failure, NodeId } from '@studio/contracts';

import { failChild } from './childFold.ts';
import { dropIterations } from './dropIterations.ts';
import { graphOf } from './graph.ts';
import { failInside } from './regionFold.ts';
import type { Attempt, Draft, Fact, NodeState } from './run.ts';
import { firstTry } from './tries.ts';

export const attemptIn = (state: Attempt): Attempt => {
  const { attempt, generation, failures, input, idempotencyKey, effect } = state;
  return { attempt, generation, failures, input, idempotencyKey, effect };
};

const attemptOf = (state: NodeState | undefined): Attempt | null =>
  state && 'idempotencyKey' in state ? state : null;

export const startNode = (run: Draft, data: Fact<'NodeStarted'>): void => {
  const { nodeId, attempt, generation, epoch, effect, idempotencyKey, input } = data;
  const failures = attemptOf(run.instances.get(data.instanceId))?.failures ?? 0;
  const at = run.revision;
  run.instances.set(data.instanceId, {
    ...{ nodeId, at, status: 'running', attempt, generation },
    ...{ failures, epoch, effect, idempotencyKey, input },
  });
};

export const completeNode = (run: Draft, data: Fact<'NodeCompleted'>): void => {
  const { nodeId, instanceId, attempt, handle, output } = data;
  const at = run.revision;
  run.instances.set(instanceId, { nodeId, at, status: 'completed', attempt, handle, output });
  if (graphOf(run.definition).nodes.get(nodeId)?.kind === 'end@1')
    run.earlyEnd ??= { instanceId, output };
};

/** The attempt that an instance is at. */
export const attemptAt = (state: NodeState | undefined): number =>
  state && 'attempt' in state ? state.attempt : 1;

const generationOf = (run: Draft, nodeId: NodeId, state: NodeState | undefined): number =>
  state && 'generation' in state ? state.generation : firstTry(run, nodeId).generation;

/** What a failure keeps of an attempt whose outcome stays unknown. */
const doubtOf = (state: NodeState | undefined, { code }: Failure): Attempt | null =>
  state?.status === 'in_doubt' && code === 'node.outcome_unknown' ? attemptIn(state) : null;

/** What a failure means for what is around the node. */
const settleFailure = (run: Draft, { instanceId, error, next }: Fact<'NodeFailed'>): void => {
  if (next === 'fail_region') failInside(run, { instanceId, error });
  if (next === 'fail_run' && !run.earlyEnd) run.failure ??= { instanceId, error };
};

const hold = (run: Draft, { nodeId, instanceId, attempt, error }: Fact<'NodeFailed'>): void => {
  const generation = generationOf(run, nodeId, run.instances.get(instanceId));
  const at = run.revision;
  run.instances.set(instanceId, { nodeId, at, status: 'held', attempt, generation, error });
};

export const reopen = (run: Draft, data: Fact<'NodeReopened'>): void => {
  const { nodeId, instanceId, attempt, generation } = data;
  const at = run.revision;
  run.instances.set(instanceId, { nodeId, at, status: 'reopened', attempt, generation });
};

const endFailed = (run: Draft, data: Fact<'NodeFailed'>): void => {
  const { nodeId, instanceId, attempt, error, next } = data;
  const state = run.instances.get(instanceId);
  const handled = next === 'error_output';
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'failed', attempt, error, handled },
    ...{ generation: generationOf(run, nodeId, state), doubt: doubtOf(state, error) },
    ...(state?.status === 'in_region' && !handled ? { loop: state.loop } : {}),
  });
  if (state?.status === 'in_region' && handled) dropIterations(run, instanceId, state.loop);
  settleFailure(run, data);
};

export const failNode = (run: Draft, data: Fact<'NodeFailed'>): void => {
  // NodeRetryScheduled follows in the same append
  if (data.next === 'retry') failChild(run, data);
  else if (data.next === 'hold') hold(run, data);
  else endFailed(run, data);
};

export const scheduleRetry = (run: Draft, data: Fact<'NodeRetryScheduled'>): void => {
  const last = attemptOf(run.instances.get(data.instanceId));
  if (!last) return;
  const byPerson = data.generation > last.generation;
  const setAgain = data.attempt === last.attempt; // it had lapsed
  const failures = setAgain ? last.failures : last.failures + 1;
  run.instances.set(data.instanceId, {
    ...{ nodeId: data.nodeId, at: run.revision, status: 'retrying', attempt: data.attempt },
    ...{ generation: data.generation, failures: byPerson ? 0 : failures },
    ...{ input: last.input, idempotencyKey: last.idempotencyKey, effect: last.effect },
    dueAt: data.dueAt,
  });
};

export const doubt = (run: Draft, { instanceId }: Fact<'NodeInDoubt'>): void => {
  const state = run.instances.get(instanceId);
  if (state?.status !== 'running') return;
  const { nodeId } = state;
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'in_doubt', ...attemptIn(state) },
  });
};
