import {
  type DefinedNode,
  type ExecutionEvent,
  type HowCompensated,
  type InstanceId,
  isUndo,
  undoIdOf,
} from '@studio/contracts';

import { memberAt } from './chunks.ts';
import { type Graph, graphOf } from './graph.ts';
import { instanceAt, type Place, placeOf } from './places.ts';
import { isUnsettled, type NodeState, type Run } from './run.ts';
import type { Undoable } from './undo.ts';

/** What the run is undoing, or undoes next; null where it undoes nothing. */
export const nextToUndo = ({ compensation, undoables }: Run): Undoable | null =>
  compensation && compensation.at >= 0 ? memberAt(undoables.members, compensation.at) : null;

/** What the undo at this place undoes, if it is its turn. */
export const undoneAt = (run: Run, place: Place): Undoable | null => {
  if (!isUndo(place.nodeId)) return null;
  const next = nextToUndo(run);
  return next && undoIdOf(next.instanceId) === instanceAt(place) ? next : null;
};

/** Where the undo stands whose turn it is. */
export const undoing = (run: Run, graph: Graph): { node: DefinedNode; place: Place } | null => {
  const next = nextToUndo(run);
  const place = next && placeOf(graph, undoIdOf(next.instanceId));
  const node = place && graph.nodes.get(place.nodeId);
  return node ? { node, place } : null;
};

export const declaresUndo = (run: Run, instanceId: InstanceId): boolean => {
  const graph = graphOf(run.definition);
  return graph.hasUndos && graph.nodes.has(undoIdOf(placeOf(graph, instanceId).nodeId));
};

/** A run that was started for the node is cancelled with it, and undoes what it did itself. */
export const isChild = ({ definition }: Run, { nodeId }: NodeState): boolean =>
  graphOf(definition).nodes.get(nodeId)?.kind.startsWith('sub-workflow@') ?? false;

/** An effect that is not called off when the run is cancelled: what it did will have to be undone. */
export const isAwaitedToUndo = (run: Run, instanceId: InstanceId, state: NodeState): boolean =>
  (state.status === 'running' || state.status === 'in_doubt') &&
  (isUndo(state.nodeId) || declaresUndo(run, instanceId)) &&
  !isChild(run, state);

const hasDone = ({ undoables, unknownEffects }: Run): boolean =>
  undoables.count > 0 || unknownEffects.size > 0;

/** True when the end of the run has something to undo before it, or may come to have. */
export const hasToUndo = (run: Run): boolean =>
  hasDone(run) ||
  [...run.instances].some(([id, state]) => isUnsettled(state) && declaresUndo(run, id));

/** The run's end as it was before it undid anything, with how that went. */
const withOutcome = (end: ExecutionEvent, compensation: HowCompensated): ExecutionEvent => {
  if (end.type === 'WorkflowFailed') return { ...end, data: { ...end.data, compensation } };
  if (end.type === 'WorkflowCancelled') return { ...end, data: { ...end.data, compensation } };
  return end;
};

const outcomeOf = (left: readonly unknown[]): HowCompensated =>
  left.length === 0 ? 'complete' : 'incomplete';

const started = (run: Run): ExecutionEvent[] => {
  const because = run.cancellation ? 'cancelled' : 'failed';
  const nodes = run.undoables.count;
  return [{ type: 'CompensationStarted', data: { because, nodes } }];
};

/**
 * What comes before the end of a run that had nothing new begin any more, and the end itself once it
 * is its turn. `fold` is the run after facts.
 */
export const undoneBefore = (
  run: Run,
  end: ExecutionEvent,
  fold: (run: Run, events: readonly ExecutionEvent[]) => Run,
): ExecutionEvent[] => {
  if (end.type === 'WorkflowCompleted' || !hasDone(run)) return [end];
  if (!run.compensation) {
    const facts = started(run);
    return [...facts, ...undoneBefore(fold(run, facts), end, fold)];
  }
  const { at, undone, left, ended } = run.compensation;
  if (at >= 0) return [];
  const last = withOutcome(end, outcomeOf(left));
  if (ended) return [last];
  return [{ type: 'CompensationEnded', data: { undone, left: [...left] } }, last];
};
