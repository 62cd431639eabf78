import { type DefinedNode, isUndo } from '@studio/contracts';

import { undoneAt } from './compensating.ts';
import { type Body, bodyIn, type Graph } from './graph.ts';
import { isBroken, type Loop } from './loop.ts';
import { around, instanceAt, type Iteration, pathInto, type Place } from './places.ts';
import { isEnding, isOver, type NodeState, type Run } from './run.ts';

export type RegionState = Extract<NodeState, { status: 'in_region' }>;

/** How far a region has come whose body is under way or has failed. */
const loopAt = (run: Run, place: Place): Loop | null => {
  const state = run.instances.get(instanceAt(place));
  return state && 'loop' in state ? state.loop : null;
};

/** True while new things may begin in the iteration, as far as it and what is around it say. */
export const isGoingOn = (run: Run, graph: Graph, { region, index }: Iteration): boolean => {
  const state = run.instances.get(instanceAt(region));
  if (state?.status !== 'in_region' || isBroken(state.loop)) return false;
  const iteration = state.loop.open.find((each) => each.index === index);
  return iteration?.failure === null && mayGoOn(run, graph, region);
};

/** True while new things may begin at the place, as far as the run and what is around it say. */
export const isOpenAt = (run: Run, graph: Graph, place: Place): boolean => {
  if (isOver(run)) return false;
  if (isUndo(place.nodeId)) return undoneAt(run, place) !== null;
  return !isEnding(run) && mayGoOn(run, graph, place);
};

/** True unless an iteration around the place is failing or over. */
export const mayGoOn = (run: Run, graph: Graph, place: Place): boolean => {
  const iteration = around(graph, place);
  return iteration === null || isGoingOn(run, graph, iteration);
};

const isSettled = (state: NodeState | undefined): boolean =>
  state?.status === 'completed' ||
  state?.status === 'skipped' ||
  (state?.status === 'failed' && state.handled);

/** True once every node of the body has come to its end; the last ones are the likeliest not to have. */
export const isBodySettled = (run: Run, { inOrder }: Body, path: string): boolean =>
  inOrder.findLast(({ id }) => !isSettled(run.instances.get(id + path))) === undefined;

/** What a body made: the output of its only end node, else an object of end node id → output. */
export const outputOfBody = (run: Run, { endNodes }: Body, path: string): unknown => {
  const outputs = endNodes.flatMap(({ id }) => {
    const state = run.instances.get(id + path);
    return state?.status === 'completed' ? [[id, state.output] as const] : [];
  });
  return endNodes.length === 1 ? (outputs[0]?.[1] ?? null) : Object.fromEntries(outputs);
};

/** Every node in an open iteration of a region at the place, also in regions within. */
export function* placesInside(run: Run, graph: Graph, region: Place): Generator<Place> {
  for (const { index } of loopAt(run, region)?.open ?? [])
    yield* placesIn(run, graph, { region, index });
}

/** Every node of the iteration, also in open iterations of regions within. */
export function* placesIn(run: Run, graph: Graph, { region, index }: Iteration): Generator<Place> {
  const path = pathInto(region, index);
  for (const { id: nodeId } of bodyIn(graph, region.nodeId).inOrder) {
    yield { nodeId, path };
    yield* placesInside(run, graph, { nodeId, path });
  }
}

/** Every place of the run where an instance stands or may come to stand. */
export function* allPlaces(run: Run, graph: Graph): Generator<Place> {
  for (const { id: nodeId } of graph.root.inOrder) {
    yield { nodeId, path: '' };
    yield* placesInside(run, graph, { nodeId, path: '' });
  }
}

export const isLoopAsLongAs = ({ kind }: DefinedNode): boolean => kind.startsWith('while@');
