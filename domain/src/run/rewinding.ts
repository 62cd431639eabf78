import { DomainError, type ExecutionEvent, type InstanceId, type NodeId } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { declaresUndo, isChild } from './compensating.ts';
import { fold } from './evolve.ts';
import { bodyIn, type Graph, graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import { timersCancelled } from './regions.ts';
import { refuseStranger } from './resolving.ts';
import { retry } from './retry.ts';
import { isEnding, isForgotten, isUnsettled, type NodeState, type Run } from './run.ts';
import { firstTry, type Try, unusedTry } from './tries.ts';

type Rewound = Extract<ExecutionEvent, { type: 'WorkflowRewound' }>['data'];
type Standing = readonly [InstanceId, NodeState];

/** Why the run does not go back, wherever to; null when it may. */
const whyItStays = (run: Run): string | null => {
  const { status } = run;
  if (status === 'unstarted' || status === 'pending')
    return 'Nothing of the execution is under way';
  if (status === 'completed' || status === 'cancelled')
    return `An execution that is ${status} goes back no more: run it again`;
  if (run.compensation) return 'What the execution did is undone: run it again';
  const isAboutToEnd = status === 'running' && isEnding(run);
  return isAboutToEnd ? 'The execution is about to end: wait until it has' : null;
};

const refuseRun = (run: Run): void => {
  const why = whyItStays(run);
  if (why !== null) throw new DomainError('execution.not_rewindable', why);
  if (isForgotten(run))
    throw new DomainError('execution.erased', 'The data of the execution was erased');
};

export const refuseNode = (nodeId: NodeId, why: string): never => {
  throw new DomainError('node.not_rewindable', `Node ${JSON.stringify(nodeId)} ${why}`);
};

/** Only what stands outside of regions has one place in the run to go back to. */
const refuseTarget = (run: Run, graph: Graph, nodeId: NodeId): void => {
  refuseStranger(run, nodeId);
  const region = graph.nodes.get(placeOf(graph, nodeId).nodeId)?.parent;
  if (region !== undefined)
    refuseNode(nodeId, `stands in the region ${JSON.stringify(region)}: rewind to that one`);
  if (!bodyIn(graph, null).inOrder.some(({ id }) => id === nodeId))
    refuseNode(nodeId, 'is no node that a run comes by');
  const state = run.instances.get(nodeId);
  if (!state) refuseNode(nodeId, 'has not begun');
  if (state?.status === 'skipped') refuseNode(nodeId, 'is on no path that the run took');
};

/** The node and all that follows it, outside of regions. */
export const followers = ({ outgoing }: Graph, nodeId: NodeId): ReadonlySet<NodeId> => {
  const found = new Set([nodeId]);
  for (const id of found) for (const { target } of outgoing.get(id) ?? []) found.add(target);
  return found;
};

/** These nodes, with those that stand inside of them. */
const withInside = (graph: Graph, nodeIds: Iterable<NodeId>): ReadonlySet<NodeId> => {
  const found = new Set(nodeIds);
  for (const id of found) for (const inner of bodyIn(graph, id).inOrder) found.add(inner.id);
  return found;
};

/** Why an effect must come to its end, or be settled, before it is made anew; null where it need not. */
const whyNot = (run: Run, instanceId: InstanceId, state: NodeState): string | null => {
  if (!isUnsettled(state)) return null;
  if (state.status === 'in_doubt')
    return 'is in doubt: settle it first, in a failed execution after a retry';
  if (declaresUndo(run, instanceId)) return 'declares an undo and is under way: wait for its end';
  if (state.status === 'awaiting_child') return null;
  if (state.effect === 'unsafe')
    return 'is under way and not safe to be called off: wait for its end';
  return isChild(run, state) ? 'is about to start an execution: try again' : null;
};

const refuseUnknown = (
  run: Run,
  anew: ReadonlySet<NodeId>,
  standing: readonly Standing[],
): void => {
  for (const [instanceId, state] of standing) {
    const why = whyNot(run, instanceId, state);
    if (why !== null) refuseNode(instanceId, why);
  }
  const graph = graphOf(run.definition);
  // Also of iterations that are over.
  for (const instanceId of run.unknownEffects)
    if (anew.has(placeOf(graph, instanceId).nodeId))
      refuseNode(instanceId, 'declares an undo, and nobody knows whether it took effect');
};

/** What each begins with from now on; one that was skipped has used up nothing. */
const numbered = (
  run: Run,
  anew: ReadonlySet<NodeId>,
  used: ReadonlySet<NodeId>,
): Rewound['anew'] => {
  const groups = new Map<string, Try & { nodeIds: NodeId[] }>();
  for (const nodeId of anew) {
    const { attempt, generation } = used.has(nodeId)
      ? unusedTry(run, nodeId)
      : firstTry(run, nodeId);
    const numbers = `${attempt} ${generation}`;
    const group = groups.get(numbers);
    if (group) group.nodeIds.push(nodeId);
    else groups.set(numbers, { attempt, generation, nodeIds: [nodeId] });
  }
  return [...groups.values()];
};

/** How many nodes stand so: those of iterations count with their region. */
const count = (standing: readonly Standing[], holds: (state: NodeState) => boolean): number =>
  standing.filter(([instanceId, state]) => instanceId === state.nodeId && holds(state)).length;

const hasEnded: ReadonlySet<NodeState['status']> = new Set([
  ...(['completed', 'failed', 'skipped', 'cancelled'] as const),
]);

/** What the fact says of the instances that are no more. */
const takenBack = (standing: readonly Standing[]) => ({
  completed: count(standing, (state) => state.status === 'completed' && !state.skipped),
  failed: count(standing, ({ status }) => status === 'failed'),
  unfinished: standing.flatMap(([instanceId, { nodeId, status }]) =>
    instanceId !== nodeId && !hasEnded.has(status) ? [instanceId] : [],
  ),
  calledOff: standing.flatMap(([instanceId, state]) =>
    isUnsettled(state) ? [{ nodeId: state.nodeId, instanceId, attempt: state.attempt }] : [],
  ),
  children: standing.flatMap(([, state]) =>
    state.status === 'awaiting_child' ? [state.childExecutionId] : [],
  ),
  withdrawn: standing.flatMap(([, state]) =>
    state.status === 'awaiting_approval' ? [state.requestedAt] : [],
  ),
});

const sentBack = (
  run: Run,
  { nodeId: toNode, reason }: Order<'RewindWorkflow'>,
): ExecutionEvent[] => {
  const graph = graphOf(run.definition);
  refuseTarget(run, graph, toNode);
  const happened = [...followers(graph, toNode)].filter((id) => run.instances.has(id));
  const anew = withInside(graph, happened);
  const standing = [...run.instances].filter(([, { nodeId }]) => anew.has(nodeId));
  refuseUnknown(run, anew, standing);
  const begun = happened.filter((id) => run.instances.get(id)?.status !== 'skipped');
  const places = standing.map(([instanceId]) => placeOf(graph, instanceId));
  const data: Rewound = {
    ...{ rewind: run.rewinds + 1, toNode, reason, nodeIds: happened },
    ...{ anew: numbered(run, anew, withInside(graph, begun)), ...takenBack(standing) },
  };
  return [...timersCancelled(run, places), { type: 'WorkflowRewound', data }];
};

/**
 * A person sends the run back: the node and all that follows it happen anew, under keys of their own. What is
 * under way of it is called off, unless that is not safe. One that has failed is retried by it.
 */
export const rewind = (run: Run, order: Order<'RewindWorkflow'>): ExecutionEvent[] => {
  refuseRun(run);
  if (run.status !== 'failed') return sentBack(run, order);
  const retried = retry(run, { now: order.now });
  return [...retried, ...sentBack(fold(run, retried), order)];
};
