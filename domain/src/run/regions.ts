import { type DefinedNode, type ExecutionEvent, type Failure, isUndo } from '@studio/contracts';

import { approvalTimerId } from './approval.ts';
import {
  isBodySettled,
  isLoopAsLongAs,
  outputOfBody,
  placesIn,
  placesInside,
  type RegionState,
} from './bodies.ts';
import { bodyIn, type Graph, handlesErrors } from './graph.ts';
import { inputOfIteration } from './inputs.ts';
import { isBroken, type OpenIteration, outputOfLoop } from './loop.ts';
import { instanceAt, pathInto, type Place } from './places.ts';
import { isUnsettled, type NodeState, retryTimerId, type Run } from './run.ts';

/** A region at its place in a run. */
export interface RegionHere {
  readonly run: Run;
  readonly graph: Graph;
  readonly node: DefinedNode;
  readonly place: Place;
  readonly state: RegionState;
}

const named = ({ place }: RegionHere) => ({
  nodeId: place.nodeId,
  instanceId: instanceAt(place),
});

const someUnsettled = (run: Run, places: Iterable<Place>): boolean => {
  for (const place of places) {
    const state = run.instances.get(instanceAt(place));
    if (state && isUnsettled(state)) return true;
  }
  return false;
};

const approvalTimerOf = ({ approvals }: Run, requestedAt: number): string | null => {
  const approval = approvals.get(requestedAt);
  return approval ? approvalTimerId(approval) : null;
};

const ownTimerOf = (instanceId: string, state: NodeState): string | null => {
  if (state.status === 'waiting') return state.timerId;
  if (state.status === 'retrying') return retryTimerId(instanceId, state.attempt);
  return state.status === 'awaiting_signal' ? (state.timer?.timerId ?? null) : null;
};

/** The timer that is set for an instance; null where none is. */
const setTimerOf = (run: Run, instanceId: string): string | null => {
  const state = run.instances.get(instanceId);
  if (!state || 'lapsed' in state) return null;
  return state.status === 'awaiting_approval'
    ? approvalTimerOf(run, state.requestedAt)
    : ownTimerOf(instanceId, state);
};

/** The timers of what will not go on. */
export const timersCancelled = (run: Run, places: Iterable<Place>): ExecutionEvent[] => {
  const events: ExecutionEvent[] = [];
  for (const place of places) {
    const instanceId = instanceAt(place);
    const timerId = setTimerOf(run, instanceId);
    if (timerId !== null)
      events.push({ type: 'TimerCancelled', data: { nodeId: place.nodeId, instanceId, timerId } });
  }
  return events;
};

/** What a failure without an `error` output ends: the region around the node, or the run; of an undo, nothing else. */
export const nextAfterFailure = (
  graph: Graph,
  nodeId: string,
): 'error_output' | 'fail_region' | 'fail_run' | 'go_on' => {
  if (isUndo(nodeId)) return 'go_on';
  if (handlesErrors(graph, nodeId)) return 'error_output';
  return graph.nodes.get(nodeId)?.parent === undefined ? 'fail_run' : 'fail_region';
};

/** The failure of a region, with the timers that nothing waits for any more. */
export const regionFailed = (here: RegionHere, error: Failure): ExecutionEvent[] => {
  const { run, graph, place, state } = here;
  const next = nextAfterFailure(graph, place.nodeId);
  return [
    ...timersCancelled(run, placesInside(run, graph, place)),
    { type: 'NodeFailed', data: { ...named(here), attempt: state.attempt, error, next } },
  ];
};

export const regionCompleted = (here: RegionHere, output: unknown): ExecutionEvent => ({
  type: 'NodeCompleted',
  data: { ...named(here), attempt: here.state.attempt, handle: 'output', output },
});

/** The failure of what is inside as the failure of what is around it. */
const passedUp = ({ instanceId, error }: NonNullable<OpenIteration['failure']>): Failure => ({
  ...{ code: error.code, message: error.message, transient: error.transient },
  instanceId: error.instanceId ?? instanceId,
});

/** What follows for an open iteration; null while it is under way. */
const iterationOver = (
  here: RegionHere,
  { index, failure }: OpenIteration,
  broken: boolean,
): ExecutionEvent[] | null => {
  const { run, graph, place } = here;
  const iteration = { region: place, index };
  if (failure) {
    if (broken || someUnsettled(run, placesIn(run, graph, iteration))) return null;
    const data = { ...named(here), index, error: passedUp(failure) };
    return [
      ...timersCancelled(run, placesIn(run, graph, iteration)),
      { type: 'IterationFailed', data },
    ];
  }
  const body = bodyIn(graph, place.nodeId);
  const path = pathInto(place, index);
  if (!isBodySettled(run, body, path)) return null;
  const output =
    body.inOrder.length === 0 ? inputOfIteration(run, iteration) : outputOfBody(run, body, path);
  return [{ type: 'IterationCompleted', data: { ...named(here), index, output } }];
};

const brokenOff = (here: RegionHere): ExecutionEvent[] => {
  const { run, graph, place, state } = here;
  const first = state.loop.open.find(({ failure }) => failure !== null)?.failure;
  if (!first || someUnsettled(run, placesInside(run, graph, place))) return [];
  return regionFailed(here, passedUp(first));
};

const goesOn = (here: RegionHere): ExecutionEvent[] => {
  const { node, state } = here;
  const { next, maxIterations, open, window } = state.loop;
  if (next < maxIterations && !isLoopAsLongAs(node))
    return open.length < window
      ? [{ type: 'IterationStarted', data: { ...named(here), index: next } }]
      : [];
  const isOver = open.length === 0 && !isLoopAsLongAs(node);
  return isOver ? [regionCompleted(here, outputOfLoop(state.loop))] : [];
};

/** The next step that a region takes by itself; none while it waits for its body or for its expression. */
export const regionStep = (here: RegionHere): ExecutionEvent[] => {
  const { loop } = here.state;
  const broken = isBroken(loop);
  for (const iteration of loop.open) {
    const over = iterationOver(here, iteration, broken);
    if (over) return over;
  }
  return broken ? brokenOff(here) : goesOn(here);
};
