import { DomainError, type ExecutionEvent } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { type Graph, graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import { isSettled, refuseStranger } from './resolving.ts';
import { type NodeState, retryTimerId, type Run } from './run.ts';
import { withConsequences } from './settle.ts';

/** What has begun or failed and is not under way. */
type Skippable = Extract<
  NodeState,
  { status: 'in_doubt' | 'held' | 'retrying' | 'due' | 'reopened' }
>;

const skippable: ReadonlySet<NodeState['status']> = new Set([
  ...(['in_doubt', 'held', 'retrying', 'due', 'reopened'] as const),
]);

const isSkippable = (state: NodeState): state is Skippable => skippable.has(state.status);

const refuseDeadEnd = (graph: Graph, nodeId: string, handle: string): void => {
  const leaving = graph.outgoing.get(nodeId) ?? [];
  if (handle === 'output' || leaving.some(({ sourceHandle }) => sourceHandle === handle)) return;
  const named = JSON.stringify(handle);
  throw new DomainError('node.handle_unknown', `No connection leaves the node by ${named}`);
};

/** The timer that nothing waits for any more. */
const timerGone = (instanceId: string, state: Skippable): ExecutionEvent[] => {
  if (state.status !== 'retrying' || state.lapsed) return [];
  const timerId = retryTimerId(instanceId, state.attempt);
  return [{ type: 'TimerCancelled', data: { nodeId: state.nodeId, instanceId, timerId } }];
};

/** The run goes on past the node as if it had ended with this output. */
export const skipNode = (
  run: Run,
  { nodeId: instanceId, output, handle, reason }: Order<'SkipNode'>,
): ExecutionEvent[] => {
  refuseStranger(run, instanceId);
  const state = run.instances.get(instanceId);
  if (state?.status === 'completed' && state.skipped) return [];
  if (isSettled(run, instanceId) || !state || !isSkippable(state))
    throw new DomainError(
      'node.not_skippable',
      `Node ${JSON.stringify(instanceId)} waits neither for a person nor to be tried again`,
    );
  const graph = graphOf(run.definition);
  const { nodeId } = placeOf(graph, instanceId);
  refuseDeadEnd(graph, nodeId, handle);
  const byPerson = { attempt: state.attempt, handle, output, reason };
  return withConsequences(run, [
    ...timerGone(instanceId, state),
    { type: 'NodeSkipped', data: { nodeId, instanceId, byPerson } },
  ]);
};
