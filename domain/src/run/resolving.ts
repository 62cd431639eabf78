import { DomainError, type ExecutionEvent, type Failure, isUndo } from '@studio/contracts';

import { finalFailure, nodeIdOf, type Order } from './attempts.ts';
import { graphOf } from './graph.ts';
import { isOver, type NodeState, type Run } from './run.ts';
import { withConsequences } from './settle.ts';

/** A node that waits for a person's word: nobody knows its outcome, or it failed for good. */
type Unresolved = Extract<NodeState, { status: 'in_doubt' | 'held' }>;

/** Refuses what is no node of the run: `node.not_found`. */
export const refuseStranger = (run: Run, instanceId: string): void => {
  if (!graphOf(run.definition).nodes.has(nodeIdOf(run, instanceId)))
    throw new DomainError('node.not_found', `The run has no node ${JSON.stringify(instanceId)}`);
};

/** What is to be undone is settled once a run undoes it: from then on there is a word about the undos alone. */
export const isSettled = (run: Run, instanceId: string): boolean =>
  isOver(run) || (run.compensation !== null && !isUndo(instanceId));

const unresolvedAt = (run: Run, instanceId: string): Unresolved => {
  refuseStranger(run, instanceId);
  const state = run.instances.get(instanceId);
  const isUnresolved = state?.status === 'in_doubt' || state?.status === 'held';
  if (isSettled(run, instanceId) || !isUnresolved)
    throw new DomainError(
      'node.not_in_doubt',
      `Node ${JSON.stringify(instanceId)} is not in doubt`,
    );
  return state;
};

/** The attempt in doubt is made again with the settings that it had; one that failed has them evaluated anew. */
const again = (instanceId: string, state: Unresolved, now: string): ExecutionEvent => {
  const { nodeId, attempt, generation } = state;
  const next = { nodeId, instanceId, attempt: attempt + 1, generation: generation + 1 };
  return state.status === 'held'
    ? { type: 'NodeReopened', data: next }
    : { type: 'NodeRetryScheduled', data: { ...next, dueAt: now } };
};

/** What a person says went wrong; a node that is held has said so itself. */
const failureOf = (state: Unresolved, message: string | undefined): Failure => {
  if (state.status === 'held' && message === undefined) return state.error;
  const code = 'node.failed_by_person';
  return { code, message: message ?? 'Failed by a person', transient: false };
};

/** A person's word about a node in doubt or one that is held. */
export const resolve = (
  run: Run,
  { nodeId: instanceId, resolution, now }: Order<'ResolveNode'>,
): ExecutionEvent[] => {
  const state = unresolvedAt(run, instanceId);
  const { nodeId, attempt } = state;
  switch (resolution.action) {
    case 'retry':
      return withConsequences(run, [again(instanceId, state, now)]);
    case 'fail': {
      const error = failureOf(state, resolution.message);
      return finalFailure(run, { instanceId, attempt, error });
    }
    case 'outcome': {
      const { output } = resolution;
      const done = { nodeId, instanceId, attempt, handle: 'output', output };
      return withConsequences(run, [{ type: 'NodeCompleted', data: done }]);
    }
  }
};
