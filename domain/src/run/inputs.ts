import {
  type DefinedConnection,
  type DefinedNode,
  type InstanceId,
  isUndo,
  type NodeId,
} from '@studio/contracts';

import { undoneAt } from './compensating.ts';
import { type Graph, graphOf } from './graph.ts';
import { failureValue, itemOf } from './loop.ts';
import { around, instanceAt, type Iteration, type Place, placeOf } from './places.ts';
import type { NodeState, Run } from './run.ts';
import { isTrigger } from './triggerKinds.ts';

/** How a connection stands: taken, never to be taken any more, or not yet known. */
export type Liveness = 'live' | 'dead' | 'open';

/** How a connection stands in the iteration that the path leads to. */
export const livenessOf = (
  run: Run,
  { source, sourceHandle }: DefinedConnection,
  path: string,
): Liveness => {
  const state = run.instances.get(source + path);
  switch (state?.status) {
    case 'completed':
      return state.handle === sourceHandle ? 'live' : 'dead';
    case 'failed':
      if (!state.handled) return 'open'; // what is around it is failing: nothing goes on from here
      return sourceHandle === 'error' ? 'live' : 'dead';
    case 'skipped':
      return 'dead';
    case 'running':
    case 'in_doubt':
    case 'awaiting_child':
    case 'retrying':
    case 'due':
    case 'awaiting_approval':
    case 'awaiting_signal':
    case 'waiting':
    case 'fired':
    case 'reopened':
    case 'held':
    case 'in_region':
    case 'cancelled':
    case undefined:
      return 'open';
  }
};

export interface MergePolicy {
  readonly mode: 'all' | 'any' | 'first';
  readonly count: number;
}

/** Settings of a merge node; what is missing or wrong counts as `all`. */
export const mergePolicyOf = (config: Readonly<Record<string, unknown>>): MergePolicy => {
  const mode = config['mode'] === 'any' || config['mode'] === 'first' ? config['mode'] : 'all';
  const count = typeof config['count'] === 'number' && config['count'] >= 1 ? config['count'] : 1;
  return { mode, count };
};

/** How many live inputs are enough for a node to begin before the others are known; 0: all must be known. */
const enoughLive = ({ kind, config }: DefinedNode): number => {
  if (!kind.startsWith('merge@')) return 0;
  const { mode, count } = mergePolicyOf(config);
  if (mode === 'all') return 0;
  return mode === 'any' ? 1 : count;
};

interface Counted {
  readonly live: number;
  readonly open: number;
}

const countEdges = (run: Run, edges: readonly DefinedConnection[], path: string): Counted => {
  let live = 0;
  let open = 0;
  for (const edge of edges) {
    const liveness = livenessOf(run, edge, path);
    if (liveness === 'live') live += 1;
    else if (liveness === 'open') open += 1;
  }
  return { live, open };
};

/** A run that a trigger node fired begins there, and at no other trigger. */
const isOtherTrigger = ({ firedBy }: Run, node: DefinedNode | undefined): boolean =>
  firedBy !== null && node !== undefined && isTrigger(node.kind) && node.id !== firedBy;

const readinessBy = ({ live, open }: Counted, enough: number): 'ready' | 'dead' | 'waiting' => {
  if (enough > 0 && live >= enough) return 'ready';
  if (open > 0) return 'waiting';
  return live > 0 ? 'ready' : 'dead';
};

/** Whether a pending node may begin, must be skipped, or has to wait for its parents. */
export const readinessOf = (
  run: Run,
  { nodeId, path }: Place,
  graph: Graph = graphOf(run.definition),
): 'ready' | 'dead' | 'waiting' => {
  const edges = graph.incoming.get(nodeId);
  const node = graph.nodes.get(nodeId);
  if (!edges || !node) return isOtherTrigger(run, node) ? 'dead' : 'ready';
  return readinessBy(countEdges(run, edges, path), enoughLive(node));
};

/** What an instance made, as others see it. */
export const outputOf = (state: NodeState | undefined): unknown => {
  if (state?.status === 'completed') return state.output;
  return state?.status === 'failed' ? failureValue(state.error) : null;
};

/** Parents whose connection to the node is live, in the order in which they settled. */
const liveParents = (run: Run, { nodeId, path }: Place): NodeId[] => {
  const live = (graphOf(run.definition).incoming.get(nodeId) ?? [])
    .filter((edge) => livenessOf(run, edge, path) === 'live')
    .map(({ source }) => source);
  const settledAt = (id: NodeId): number => run.instances.get(id + path)?.at ?? 0;
  return [...new Set(live)].sort((left, right) => settledAt(left) - settledAt(right));
};

const arrivedFirst = (run: Run, place: Place): NodeId[] => {
  const parents = liveParents(run, place);
  const node = graphOf(run.definition).nodes.get(place.nodeId);
  if (!node?.kind.startsWith('merge@')) return parents;
  const { mode, count } = mergePolicyOf(node.config);
  if (mode === 'all') return parents;
  return parents.slice(0, mode === 'any' ? 1 : count);
};

/** What a node's only connection brings it. */
const comingBy = (run: Run, edge: DefinedConnection, path: string): unknown => {
  if (livenessOf(run, edge, path) !== 'live') return null;
  return outputOf(run.instances.get(edge.source + path)) ?? null;
};

/** What an iteration works on: its item, or what the one before it made; the first one, the region's input. */
export const inputOfIteration = (run: Run, { region, index }: Iteration): unknown => {
  const state = run.instances.get(instanceAt(region));
  if (!state || !('loop' in state)) return null;
  const { loop } = state;
  if (loop.items !== null) return itemOf(loop, index);
  return index === 0 ? inputAt(run, region) : loop.last;
};

const inputAtStart = (run: Run, place: Place): unknown => {
  const iteration = around(graphOf(run.definition), place);
  return iteration ? inputOfIteration(run, iteration) : run.trigger;
};

/** What an undo works on: the output of what it undoes. */
const outputUndone = (run: Run, place: Place): unknown => undoneAt(run, place)?.output ?? null;

/**
 * What a node works on: for one without parents what its iteration works on, outside of regions the
 * run's trigger; the parent's output, or, where the graph gives it several parents, an object of
 * node id → output without the skipped ones; for an undo the output of what it undoes.
 */
export const inputAt = (run: Run, place: Place): unknown => {
  const edges = graphOf(run.definition).incoming.get(place.nodeId) ?? [];
  const [first, second] = edges;
  if (!first) return isUndo(place.nodeId) ? outputUndone(run, place) : inputAtStart(run, place);
  if (!second) return comingBy(run, first, place.path);
  const outputs = arrivedFirst(run, place).map(
    (id) => [id, outputOf(run.instances.get(id + place.path))] as const,
  );
  const parents = new Set(edges.map(({ source }) => source));
  return parents.size === 1 ? (outputs[0]?.[1] ?? null) : Object.fromEntries(outputs);
};

/** What an instance works on. */
export const inputOf = (run: Run, instanceId: InstanceId): unknown =>
  inputAt(run, placeOf(graphOf(run.definition), instanceId));
