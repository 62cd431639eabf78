import type { InstanceId, NodeId } from '@studio/contracts';

import { undoneAt } from './compensating.ts';
import { bodyIn, type Graph, graphOf } from './graph.ts';
import { inputOfIteration } from './inputs.ts';
import { around, type Iteration, type IterationAround, pathInto, placeOf } from './places.ts';
import type { NodeState, Run } from './run.ts';

function* outwards(graph: Graph, instanceId: InstanceId): Generator<Iteration> {
  let iteration = around(graph, placeOf(graph, instanceId));
  while (iteration) {
    yield iteration;
    iteration = around(graph, iteration.region);
  }
}

/** The iterations around an instance, the innermost first; around an undo those that were around what it undoes. */
export const iterationsAround = (run: Run, instanceId: InstanceId): readonly IterationAround[] => {
  const graph = graphOf(run.definition);
  const undone = undoneAt(run, placeOf(graph, instanceId));
  if (undone) return undone.iterations;
  return [...outwards(graph, instanceId)].map((iteration) => ({
    regionId: iteration.region.nodeId,
    index: iteration.index,
    item: inputOfIteration(run, iteration),
  }));
};

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
