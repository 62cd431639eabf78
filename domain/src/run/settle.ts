import type { DefinedNode, ExecutionEvent } from '@studio/contracts';

import { approvalTimerId } from './approval.ts';
import { allPlaces, isBodySettled, mayGoOn, outputOfBody } from './bodies.ts';
import { calledOffBeforeUndoing } from './callingOff.ts';
import { undoneBefore } from './compensating.ts';
import { apply, draftOf, fold } from './evolve.ts';
import { bodyIn, type Graph, graphOf } from './graph.ts';
import { inputAt, readinessOf } from './inputs.ts';
import { around, instanceAt, pathInto, type Place, placeOf } from './places.ts';
import { regionStep } from './regions.ts';
import {
  awaitsPermits,
  type Draft,
  isEnding,
  isOver,
  isUnsettled,
  type NodeState,
  type Run,
} from './run.ts';
import type { AwaitingState } from './signals.ts';
import { signalStep } from './takeSignal.ts';
import { firstTry } from './tries.ts';
import { isTrigger } from './triggerKinds.ts';

type FiredState = Extract<NodeState, { status: 'fired' }>;

/** Kinds that the planner itself completes: they only pass their input on. */
const passesOn = ({ kind }: DefinedNode): boolean => isTrigger(kind) || kind === 'merge@1';

const passedOn = (
  run: Run,
  place: Place,
  { attempt, handle = 'output', brought }: Omit<FiredState, 'status' | 'nodeId' | 'at'>,
): ExecutionEvent => ({
  type: 'NodeCompleted',
  data: {
    ...{ nodeId: place.nodeId, instanceId: instanceAt(place), attempt, handle },
    output: brought ? brought.payload : inputAt(run, place),
  },
});

const stepOf = (run: Run, graph: Graph, place: Place, state: NodeState): ExecutionEvent[] => {
  const node = graph.nodes.get(place.nodeId);
  if (state.status === 'fired') return [passedOn(run, place, state)];
  if (state.status === 'awaiting_signal') return signalStep(run.signals, instanceAt(place), state);
  return state.status === 'in_region' && node ? regionStep({ run, graph, node, place, state }) : [];
};

/** What follows by itself for the instance at a place, as things stand. */
const consequencesAt = (run: Run, graph: Graph, place: Place): ExecutionEvent[] => {
  const node = graph.nodes.get(place.nodeId);
  if (!node || !mayGoOn(run, graph, place)) return [];
  const instanceId = instanceAt(place);
  const state = run.instances.get(instanceId);
  if (state) return stepOf(run, graph, place, state);
  const readiness = readinessOf(run, place, graph);
  if (readiness === 'dead') return [{ type: 'NodeSkipped', data: { nodeId: node.id, instanceId } }];
  return readiness === 'ready' && passesOn(node)
    ? [passedOn(run, place, firstTry(run, node.id))]
    : [];
};

/** How a run ends that had nothing new begin any more. */
const lastFact = ({ failure, earlyEnd, cancellation }: Run): ExecutionEvent => {
  if (cancellation) return { type: 'WorkflowCancelled', data: cancellation };
  if (!failure) return { type: 'WorkflowCompleted', data: { output: earlyEnd?.output ?? null } };
  const { instanceId, error } = failure;
  const { code, message } = error;
  return { type: 'WorkflowFailed', data: { instanceId, code, message } };
};

const ending = (run: Run): ExecutionEvent[] => {
  if (isEnding(run))
    return [...run.instances.values()].some(isUnsettled)
      ? []
      : undoneBefore(run, lastFact(run), fold);
  const { root } = graphOf(run.definition);
  if (!isBodySettled(run, root, '')) return [];
  return [{ type: 'WorkflowCompleted', data: { output: outputOfBody(run, root, '') } }];
};

/** The regions around a place, the innermost first. */
function* regionsAround(graph: Graph, place: Place): Generator<Place> {
  const iteration = around(graph, place);
  if (!iteration) return;
  yield iteration.region;
  yield* regionsAround(graph, iteration.region);
}

/** Facts from which something may follow for the very instance that they are about. */
const onItself: ReadonlySet<ExecutionEvent['type']> = new Set([
  ...(['TimerFired', 'RegionStarted', 'IterationCompleted', 'IterationFailed'] as const),
  ...(['SignalAwaited', 'SignalDeclined', 'SignalTaken'] as const),
]);

/** The places that the fact may have changed something for. */
const affected = (graph: Graph, { type, data }: ExecutionEvent): Place[] => {
  if (!('instanceId' in data) || !('nodeId' in data)) return [];
  const place = placeOf(graph, data.instanceId);
  if (onItself.has(type)) return [place];
  if (type === 'IterationStarted') {
    const path = pathInto(place, data.index);
    const inside = bodyIn(graph, place.nodeId).inOrder.map(({ id: nodeId }) => ({ nodeId, path }));
    return [...inside, place];
  }
  const behind = (graph.outgoing.get(place.nodeId) ?? []).map(({ target: nodeId }) => ({
    nodeId,
    path: place.path,
  }));
  return [...behind, ...regionsAround(graph, place)];
};

/** Settles what can be settled at these places, and then what comes after each. */
const settle = (draft: Draft, places: Iterable<Place>): ExecutionEvent[] => {
  const graph = graphOf(draft.definition);
  const events: ExecutionEvent[] = [];
  const toLookAt = [...places];
  for (const place of toLookAt)
    for (const event of isEnding(draft) ? [] : consequencesAt(draft, graph, place)) {
      events.push(event);
      apply(draft, event);
      toLookAt.push(...affected(graph, event));
    }
  return events;
};

/** These facts and what follows from them by itself: dead paths, joins, the end of the run. */
export const withConsequences = (run: Run, facts: readonly ExecutionEvent[]): ExecutionEvent[] => {
  const draft = draftOf(run);
  for (const fact of facts) apply(draft, fact);
  if (isOver(draft) || draft.paused || awaitsPermits(draft)) return [...facts];
  const followed = settle(
    draft,
    facts.flatMap((fact) => affected(graphOf(draft.definition), fact)),
  );
  return [...facts, ...followed, ...ending(draft)];
};

/** The deadline of an approval, for the time it was set to. */
const deadlineAgain = (run: Run, instanceId: string, requestedAt: number): ExecutionEvent[] => {
  const approval = run.approvals.get(requestedAt);
  const timerId = approval ? approvalTimerId(approval) : null;
  if (timerId === null || !approval?.deadline) return [];
  const { nodeId, deadline } = approval;
  const again = { nodeId, instanceId, timerId, dueAt: deadline.dueAt };
  return [{ type: 'TimerSet', data: { ...again, waitsFor: 'approval' } }];
};

const waitAgain = (instanceId: string, { nodeId, timer }: AwaitingState): ExecutionEvent[] =>
  timer ? [{ type: 'TimerSet', data: { nodeId, instanceId, ...timer, waitsFor: 'signal' } }] : [];

const timerAgain = (run: Run, instanceId: string, state: NodeState): ExecutionEvent[] => {
  if (!('lapsed' in state)) return [];
  if (state.status === 'awaiting_approval')
    return deadlineAgain(run, instanceId, state.requestedAt);
  if (state.status === 'awaiting_signal') return waitAgain(instanceId, state);
  const { nodeId, dueAt } = state;
  if (state.status === 'waiting')
    return [{ type: 'TimerSet', data: { nodeId, instanceId, timerId: state.timerId, dueAt } }];
  const { attempt, generation } = state;
  const again = { nodeId, instanceId, attempt, generation, dueAt };
  return [{ type: 'NodeRetryScheduled', data: again }];
};

/** The timers that lapsed with the run's failure, for the time they were set to. */
const timersAgain = (draft: Draft): ExecutionEvent[] => {
  const graph = graphOf(draft.definition);
  const events = [...draft.instances].flatMap(([id, state]) =>
    'lapsed' in state && mayGoOn(draft, graph, placeOf(graph, id))
      ? timerAgain(draft, id, state)
      : [],
  );
  for (const event of events) apply(draft, event);
  return events;
};

/** What the order to cancel the run called off, where its record broke off. */
const calledOffAtLast = (draft: Draft): ExecutionEvent[] => {
  const events = draft.cancellation ? calledOffBeforeUndoing(draft) : [];
  for (const event of events) apply(draft, event);
  return events;
};

/**
 * What follows from everything so far and is not on record: at the start, after a record that broke
 * off, or when a person has the run go on.
 */
export const consequencesOf = (run: Run): ExecutionEvent[] => {
  if (run.startsAt !== null || run.paused || awaitsPermits(run)) return [];
  const draft = draftOf(run);
  if (isEnding(draft)) return [...calledOffAtLast(draft), ...ending(draft)];
  const timers = timersAgain(draft);
  const followed = settle(draft, [...allPlaces(draft, graphOf(draft.definition))]);
  return [...timers, ...followed, ...ending(draft)];
};
