import type { InstanceId } from '@studio/contracts';

import { bodyIn, type Graph, graphOf } from './graph.ts';
import type { Loop } from './loop.ts';
import { instanceAt, pathInto, type Place, placeOf } from './places.ts';
import type { Draft } from './run.ts';

const dropBody = (run: Draft, graph: Graph, region: Place, index: number): void => {
  const path = pathInto(region, index);
  for (const { id: nodeId } of bodyIn(graph, region.nodeId).inOrder) {
    const place = { nodeId, path };
    const state = run.instances.get(instanceAt(place));
    if (state && 'loop' in state)
      for (const inner of state.loop.open) dropBody(run, graph, place, inner.index);
    run.instances.delete(instanceAt(place));
  }
};

/** Of an iteration that is over only its outcome is kept. */
export const dropIteration = (run: Draft, instanceId: InstanceId, index: number): void => {
  const graph = graphOf(run.definition);
  dropBody(run, graph, placeOf(graph, instanceId), index);
};

/** The region is over, and with it what was open inside. */
export const dropIterations = (run: Draft, instanceId: InstanceId, { open }: Loop): void => {
  for (const { index } of open) dropIteration(run, instanceId, index);
};
