import type { Failure, InstanceId } from '@studio/contracts';

import { dropIteration } from './dropIterations.ts';
import { graphOf } from './graph.ts';
import {
  type Loop,
  loopOf,
  type OpenIteration,
  withFailedIteration,
  withFailure,
  withIteration,
  withOutput,
} from './loop.ts';
import { around, instanceAt, placeOf } from './places.ts';
import type { Draft, Fact } from './run.ts';

/** Changes the loop of a region whose body is under way; nothing when it is not. */
const changeLoop = (run: Draft, instanceId: InstanceId, change: (loop: Loop) => Loop): void => {
  const state = run.instances.get(instanceId);
  if (state?.status !== 'in_region') return;
  run.instances.set(instanceId, { ...state, at: run.revision, loop: change(state.loop) });
};

export const startRegion = (run: Draft, data: Fact<'RegionStarted'>): void => {
  const { nodeId, instanceId, attempt, generation } = data;
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'in_region', attempt, generation },
    loop: loopOf(data),
  });
};

export const startIteration = (run: Draft, data: Fact<'IterationStarted'>): void => {
  changeLoop(run, data.instanceId, (loop) => withIteration(loop, data.index));
};

export const completeIteration = (run: Draft, data: Fact<'IterationCompleted'>): void => {
  const { instanceId, index, output } = data;
  dropIteration(run, instanceId, index);
  changeLoop(run, instanceId, (loop) => withOutput(loop, index, output));
};

export const failIteration = (run: Draft, data: Fact<'IterationFailed'>): void => {
  const { instanceId, index, error } = data;
  dropIteration(run, instanceId, index);
  changeLoop(run, instanceId, (loop) => withFailedIteration(loop, index, error));
};

const setFailure = (
  run: Draft,
  instanceId: InstanceId,
  failure: OpenIteration['failure'],
): void => {
  const graph = graphOf(run.definition);
  const iteration = around(graph, placeOf(graph, instanceId));
  if (!iteration) return;
  changeLoop(run, instanceAt(iteration.region), (loop) =>
    withFailure(loop, iteration.index, failure),
  );
};

/** The iteration around the instance fails by it. */
export const failInside = (
  run: Draft,
  failure: { readonly instanceId: InstanceId; readonly error: Failure },
): void => {
  setFailure(run, failure.instanceId, failure);
};

/** What failed inside of the iteration around the instance is taken back. */
export const goOnInside = (run: Draft, instanceId: InstanceId): void => {
  setFailure(run, instanceId, null);
};

type Continued = NonNullable<Fact<'WorkflowRetried'>['continued']>[number];

/** A region that failed is under way again. */
export const goOnWithRegion = (run: Draft, { nodeId, instanceId, attempt }: Continued): void => {
  const state = run.instances.get(instanceId);
  if (state?.status !== 'failed' || !state.loop) return;
  const { generation, loop } = state;
  run.instances.set(instanceId, {
    ...{ nodeId, at: run.revision, status: 'in_region', attempt, generation, loop },
  });
};
