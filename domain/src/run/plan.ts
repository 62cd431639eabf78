import type { DefinedNode, InstanceId, RunLimit } from '@studio/contracts';

import { approvalTimerId } from './approval.ts';
import { isLoopAsLongAs, type RegionState } from './bodies.ts';
import { undoing } from './compensating.ts';
import { deadlineTimer } from './deadline.ts';
import { type Body, bodyIn, type Graph, graphOf } from './graph.ts';
import { readinessOf } from './inputs.ts';
import { isBroken } from './loop.ts';
import { instanceAt, pathInto, type Place } from './places.ts';
import { awaitsPermits, isEnding, isOver, type NodeState, retryTimerId, type Run } from './run.ts';
import { type AwaitingState, isToBeJudged, nextSignal } from './signals.ts';
import { firstTry } from './tries.ts';

/** What the executor has to do for a run, and nothing about how. */
export type PlannedEffect =
  /** Evaluate the keys of the limits, then record which permits the run asks for. */
  | { type: 'ask'; limits: readonly RunLimit[] }
  /** Evaluate the node's settings (or take `again`'s recorded ones), then record its intent, its timer, or its result. */
  | {
      type: 'begin';
      instanceId: InstanceId;
      node: DefinedNode;
      generation: number;
      again: AttemptAgain | null;
    }
  /** An intent is on record and its outcome is not. */
  | { type: 'perform'; instanceId: InstanceId; node: DefinedNode; state: RunningState }
  /** Ask a loop's expression whether this iteration shall be. */
  | { type: 'iterate'; instanceId: InstanceId; node: DefinedNode; index: number }
  /** Ask a wait's expression whether it takes the signal. */
  | {
      type: 'judge';
      instanceId: InstanceId;
      node: DefinedNode;
      signalId: string;
      payload: unknown;
    }
  /** Fire the timer once its time has come. */
  | { type: 'wake'; timerId: string; dueAt: string };

/** The timer by which a run begins that was to begin later. */
export const startTimerId = 'start';

export type RunningState = Extract<NodeState, { status: 'running' }>;
export type AttemptAgain = Extract<NodeState, { status: 'due' }>;

/** One instance at its place, and whether what is around it goes on. */
interface Here {
  readonly run: Run;
  readonly graph: Graph;
  readonly node: DefinedNode;
  readonly place: Place;
  readonly goesOn: boolean;
}

const effectAt = ({ run, graph, node, place, goesOn }: Here): PlannedEffect | null => {
  const instanceId = instanceAt(place);
  const state = run.instances.get(instanceId);
  if (state?.status === 'running') return { type: 'perform', instanceId, node, state };
  if (!goesOn) return null;
  if (run.paused) return state ? wakingOf(run, instanceId, state) : null;
  if (state === undefined)
    return readinessOf(run, place, graph) === 'ready'
      ? {
          type: 'begin',
          instanceId,
          node,
          generation: firstTry(run, node.id).generation,
          again: null,
        }
      : null;
  return effectOfState(run, instanceId, node, state);
};

const deadlineOf = (run: Run, requestedAt: number): PlannedEffect | null => {
  const approval = run.approvals.get(requestedAt);
  const timerId = approval ? approvalTimerId(approval) : null;
  if (timerId === null || !approval?.deadline) return null;
  return { type: 'wake', timerId, dueAt: approval.deadline.dueAt };
};

/** The timer that the instance waits for. */
const wakingOf = (run: Run, instanceId: InstanceId, state: NodeState): PlannedEffect | null => {
  if (state.status === 'awaiting_approval') return deadlineOf(run, state.requestedAt);
  if (state.status === 'awaiting_signal') return state.timer && { type: 'wake', ...state.timer };
  if (state.status === 'waiting')
    return { type: 'wake', timerId: state.timerId, dueAt: state.dueAt };
  if (state.status !== 'retrying') return null;
  return { type: 'wake', timerId: retryTimerId(instanceId, state.attempt), dueAt: state.dueAt };
};

const effectOfState = (
  run: Run,
  instanceId: InstanceId,
  node: DefinedNode,
  state: NodeState,
): PlannedEffect | null => {
  switch (state.status) {
    case 'due':
      return { type: 'begin', instanceId, node, generation: state.generation, again: state };
    case 'reopened':
      return { type: 'begin', instanceId, node, generation: state.generation, again: null };
    case 'awaiting_signal':
      return judgingOf(run, instanceId, node, state) ?? wakingOf(run, instanceId, state);
    case 'awaiting_approval':
    case 'waiting':
    case 'retrying':
      return wakingOf(run, instanceId, state);
    case 'in_region':
      return iterateOf(instanceId, node, state);
    case 'running':
    case 'awaiting_child':
    case 'fired':
    case 'in_doubt':
    case 'held':
    case 'completed':
    case 'failed':
    case 'skipped':
    case 'cancelled':
      return null;
  }
};

const judgingOf = (
  run: Run,
  instanceId: InstanceId,
  node: DefinedNode,
  state: AwaitingState,
): PlannedEffect | null => {
  const next = nextSignal(run.signals, instanceId, state);
  if (!next || !isToBeJudged(state, next.kept)) return null;
  const { signalId, kept } = next;
  return { type: 'judge', instanceId, node, signalId, payload: kept.payload };
};

/** A loop that stands between two iterations asks its expression. */
const iterateOf = (
  instanceId: InstanceId,
  node: DefinedNode,
  { loop }: RegionState,
): PlannedEffect | null =>
  isLoopAsLongAs(node) && loop.open.length === 0
    ? { type: 'iterate', instanceId, node, index: loop.next }
    : null;

function* effectsInside(here: Here): Generator<PlannedEffect> {
  const state = here.run.instances.get(instanceAt(here.place));
  if (!state || !('loop' in state)) return;
  const { loop } = state;
  const goesOn = here.goesOn && state.status === 'in_region' && !isBroken(loop);
  for (const { index, failure } of loop.open) {
    const body = bodyIn(here.graph, here.node.id);
    const path = pathInto(here.place, index);
    yield* effectsIn({ ...here, goesOn: goesOn && failure === null }, body, path);
  }
}

function* effectsIn(
  around: Omit<Here, 'node' | 'place'>,
  { inOrder }: Body,
  path: string,
): Generator<PlannedEffect> {
  const { run, graph, goesOn } = around;
  for (const node of inOrder) {
    const here = { run, graph, goesOn, node, place: { nodeId: node.id, path } };
    const effect = effectAt(here);
    if (effect) yield effect;
    yield* effectsInside(here);
  }
}

/** What a run does that may not begin yet. */
const asking = ({ paused, permits }: Run): readonly PlannedEffect[] =>
  !paused && permits?.status === 'wanted' ? [{ type: 'ask', limits: permits.limits }] : [];

/** What a run does that undoes what it did: one after the other. */
const undoOf = (run: Run, graph: Graph): readonly PlannedEffect[] => {
  const next = undoing(run, graph);
  const effect = next && effectAt({ run, graph, goesOn: true, ...next });
  return effect ? [effect] : [];
};

const effectsOf = (run: Run): readonly PlannedEffect[] => {
  if (run.startsAt !== null) return [{ type: 'wake', timerId: startTimerId, dueAt: run.startsAt }];
  const graph = graphOf(run.definition);
  if (run.compensation) return undoOf(run, graph);
  const effects = awaitsPermits(run)
    ? asking(run)
    : [...effectsIn({ run, graph, goesOn: !isEnding(run) }, graph.root, '')];
  if (!run.deadline || isEnding(run)) return effects;
  const { dueAt } = run.deadline;
  return [...effects, { type: 'wake', timerId: deadlineTimer(run.retries), dueAt }];
};

/** Everything that can be done for the run now, in the order of its graph. Same log, same plan. */
export const plan = (run: Run): readonly PlannedEffect[] =>
  run.status === 'unstarted' || isOver(run) ? [] : effectsOf(run);
