import type { DefinedNode, InstanceId } from '@studio/contracts';

import { approvalTimerId } from './approval.ts';
import { type Graph, graphOf } from './graph.ts';
import { instanceOf, readinessOf } from './inputs.ts';
import { isEnding, isOver, type NodeState, retryTimerId, type Run } from './run.ts';

/** What the executor has to do for a run, and nothing about how. */
export type PlannedEffect =
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
  /** Fire the timer once its time has come. */
  | { type: 'wake'; timerId: string; dueAt: string };

/** The timer by which a run begins that was to begin later. */
export const startTimerId = 'start';

export type RunningState = Extract<NodeState, { status: 'running' }>;
export type AttemptAgain = Extract<NodeState, { status: 'due' }>;

const effectOf = (run: Run, graph: Graph, node: DefinedNode): PlannedEffect | null => {
  const instanceId = instanceOf(node.id);
  const state = run.instances.get(instanceId);
  if (state?.status === 'running') return { type: 'perform', instanceId, node, state };
  if (isEnding(run)) return null;
  if (run.paused) return state ? wakingOf(run, instanceId, state) : null;
  if (state === undefined)
    return readinessOf(run, node.id, graph) === 'ready'
      ? { type: 'begin', instanceId, node, generation: 0, again: null }
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
    case 'awaiting_approval':
    case 'waiting':
    case 'retrying':
      return wakingOf(run, instanceId, state);
    case 'running':
    case 'fired':
    case 'in_doubt':
    case 'completed':
    case 'failed':
    case 'skipped':
    case 'cancelled':
      return null;
  }
};

const effectsOf = (run: Run): readonly PlannedEffect[] => {
  if (run.startsAt !== null) return [{ type: 'wake', timerId: startTimerId, dueAt: run.startsAt }];
  const effects: PlannedEffect[] = [];
  const graph = graphOf(run.definition);
  for (const node of graph.inOrder) {
    const effect = effectOf(run, graph, node);
    if (effect) effects.push(effect);
  }
  return effects;
};

/** Everything that can be done for the run now, in the order of its graph. Same log, same plan. */
export const plan = (run: Run): readonly PlannedEffect[] =>
  run.status === 'unstarted' || isOver(run) ? [] : effectsOf(run);
