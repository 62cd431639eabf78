import type { ExecutionEvent, Failure } from '@studio/contracts';

import { mayBegin, nextAttempt, nodeIdOf, type Order } from './attempts.ts';
import { isLoopAsLongAs, isOpenAt } from './bodies.ts';
import { graphOf } from './graph.ts';
import { inputAt } from './inputs.ts';
import { instanceAt, placeOf } from './places.ts';
import { regionCompleted, regionFailed, type RegionHere } from './regions.ts';
import type { Run } from './run.ts';
import { withConsequences } from './settle.ts';

export const startRegion = (run: Run, data: Order<'StartRegion'>): ExecutionEvent[] => {
  const { instanceId, items, maxIterations, window, maxFailures, onBound } = data;
  if (!mayBegin(run, instanceId)) return [];
  const started: ExecutionEvent = {
    type: 'RegionStarted',
    data: {
      ...{ nodeId: nodeIdOf(run, instanceId), instanceId, ...nextAttempt(run, instanceId) },
      ...(items === null ? {} : { items: [...items] }),
      ...{ maxIterations, window, maxFailures, onBound },
    },
  };
  return withConsequences(run, [started]);
};

const regionAt = (run: Run, instanceId: string): RegionHere | null => {
  const graph = graphOf(run.definition);
  const place = placeOf(graph, instanceId);
  const node = graph.nodes.get(place.nodeId);
  const state = run.instances.get(instanceId);
  return node && state?.status === 'in_region' ? { run, graph, node, place, state } : null;
};

/** A loop that waits for its expression, before this iteration; null when it does not, or no more. */
const waitingLoop = (run: Run, instanceId: string, index: number): RegionHere | null => {
  const here = regionAt(run, instanceId);
  if (!here || run.paused || !isOpenAt(run, here.graph, here.place)) return null;
  const { open, next } = here.state.loop;
  return isLoopAsLongAs(here.node) && open.length === 0 && next === index ? here : null;
};

const boundReached = ({ node, state }: RegionHere): Failure => ({
  code: 'loop.bound_reached',
  message: `${node.id}: the expression still holds after ${state.loop.maxIterations} iterations`,
  transient: false,
});

/** What the loop ends with: what its last iteration made, else what it was given. */
const ended = (here: RegionHere): ExecutionEvent => {
  const { run, place, state } = here;
  return regionCompleted(here, state.loop.next === 0 ? inputAt(run, place) : state.loop.last);
};

const nextStep = (here: RegionHere, goOn: boolean): ExecutionEvent[] => {
  const { loop } = here.state;
  if (!goOn) return [ended(here)];
  if (loop.next >= loop.maxIterations)
    return loop.onBound === 'complete' ? [ended(here)] : regionFailed(here, boundReached(here));
  const { nodeId } = here.place;
  const data = { nodeId, instanceId: instanceAt(here.place), index: loop.next };
  return [{ type: 'IterationStarted', data }];
};

export const continueLoop = (run: Run, data: Order<'ContinueLoop'>): ExecutionEvent[] => {
  const here = waitingLoop(run, data.instanceId, data.index);
  return here ? withConsequences(run, nextStep(here, data.goOn)) : [];
};

export const breakLoop = (run: Run, data: Order<'BreakLoop'>): ExecutionEvent[] => {
  const here = waitingLoop(run, data.instanceId, data.index);
  return here ? withConsequences(run, regionFailed(here, data.error)) : [];
};
