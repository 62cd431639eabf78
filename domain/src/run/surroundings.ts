import type { InstanceId, NodeId } from '@studio/contracts';

import { bodyIn, type Graph, graphOf } from './graph.ts';
import { inputOfIteration } from './inputs.ts';
import { around, type Iteration, pathInto, placeOf } from './places.ts';
import type { NodeState, Run } from './run.ts';

function* outwards(graph: Graph, instanceId: InstanceId): Generator<Iteration> {
  let iteration = around(graph, placeOf(graph, instanceId));
  while (iteration) {
    yield iteration;
    iteration = around(graph, iteration.region);
  }
}

export interface IterationAround {
  readonly regionId: NodeId;
  readonly index: number;
  /** What the iteration works on. */
  readonly item: unknown;
}

/** The iterations around an instance, the innermost first. */
export const iterationsAround = (run: Run, instanceId: InstanceId): IterationAround[] =>
  [...outwards(graphOf(run.definition), instanceId)].map((iteration) => ({
    regionId: iteration.region.nodeId,
    index: iteration.index,
    item: inputOfIteration(run, iteration),
  }));

/** An iteration of a loop that has not begun. */
export const comingIteration = (
  run: Run,
  instanceId: InstanceId,
  index: number,
): IterationAround => {
  const region = placeOf(graphOf(run.definition), instanceId);
  return { regionId: region.nodeId, index, item: inputOfIteration(run, { region, index }) };
};

/** The instances that an instance can look at: those of its own iteration, of outer ones, and outside of all. */
export function* visibleFrom(
  run: Run,
  instanceId: InstanceId,
): Generator<readonly [NodeId, NodeState]> {
  const graph = graphOf(run.definition);
  const frames = [...outwards(graph, instanceId)].map(({ region, index }) => ({
    regionId: region.nodeId,
    path: pathInto(region, index),
  }));
  for (const { regionId, path } of [...frames, { regionId: null, path: '' }])
    for (const { id } of bodyIn(graph, regionId).inOrder) {
      const state = run.instances.get(id + path);
      if (state) yield [id, state];
    }
}
