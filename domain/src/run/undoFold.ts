import {
  type ExecutionEvent,
  type Failure,
  type InstanceId,
  isUndo,
  type LeftStanding,
  undoIdOf,
} from '@studio/contracts';

import { memberAt, withMember } from './chunks.ts';
import { nextToUndo } from './compensating.ts';
import { graphOf } from './graph.ts';
import { placeOf } from './places.ts';
import type { Draft, Fact } from './run.ts';
import { iterationsAround } from './surroundings.ts';
import { beginWith, unusedTry } from './tries.ts';

const noteUnknown = (run: Draft, instanceId: InstanceId, unknown: boolean): void => {
  if (run.unknownEffects.has(instanceId) === unknown) return;
  const changed = new Set(run.unknownEffects);
  if (unknown) changed.add(instanceId);
  else changed.delete(instanceId);
  run.unknownEffects = changed;
};

const complete = (run: Draft, { nodeId, instanceId, output }: Fact<'NodeCompleted'>): void => {
  const iterations = iterationsAround(run, instanceId);
  const { count, members } = run.undoables;
  const undoable = { nodeId, instanceId, output, iterations };
  run.undoables = { count: count + 1, members: withMember(members, count, undoable) };
  noteUnknown(run, instanceId, false);
};

/** Failures that say nothing of whether the effect took place. */
const tellingNothing: ReadonlySet<string> = new Set([
  ...['node.outcome_unknown', 'run.deadline_exceeded'],
]);

const fail = (run: Draft, { instanceId, error }: Fact<'NodeFailed'>): void => {
  if (error.code === 'node.failed_by_person') noteUnknown(run, instanceId, false);
  else if (error.outcomeUnknown || tellingNothing.has(error.code))
    noteUnknown(run, instanceId, true);
};

const callOff = (run: Draft, { instanceId }: Fact<'NodeCancelled'>): void => {
  const state = run.instances.get(instanceId);
  const touchesNothing = state && 'effect' in state && state.effect === 'pure';
  if (!touchesNothing) noteUnknown(run, instanceId, true);
};

/** What a fact says of whether its node has something to undo. */
const note = (run: Draft, { type, data }: ExecutionEvent): void => {
  if (type === 'NodeCompleted') complete(run, data);
  else if (type === 'NodeFailed') fail(run, data);
  else if (type === 'NodeCancelled') callOff(run, data);
  else if (type === 'NodeInDoubt') noteUnknown(run, data.instanceId, true);
};

const goOn = (run: Draft, why: LeftStanding['why'] | null): void => {
  const { compensation, undoables } = run;
  const undoable = compensation && memberAt(undoables.members, compensation.at);
  if (!undoable) return;
  const { nodeId, instanceId } = undoable;
  run.compensation = {
    ...compensation,
    at: compensation.at - 1,
    undone: compensation.undone + (why === null ? 1 : 0),
    left: why === null ? compensation.left : [...compensation.left, { nodeId, instanceId, why }],
  };
};

const whyLeft = ({ code }: Failure): LeftStanding['why'] =>
  code === 'node.outcome_unknown' ? 'unknown' : 'failed';

/** An undo has come to its end: the one before it is next. */
const advance = (run: Draft, { type, data }: ExecutionEvent): void => {
  if (type === 'NodeCompleted') goOn(run, null);
  else if (type === 'NodeSkipped') goOn(run, 'skipped');
  else if (type === 'NodeFailed' && data.next === 'go_on') goOn(run, whyLeft(data.error));
};

/** Keeps what the run would have to undo, and how far it has come with it. To be told of a fact before its instance changes. */
export const foldUndo = (run: Draft, event: ExecutionEvent): void => {
  const { hasUndos, nodes } = graphOf(run.definition);
  if (!hasUndos || !('nodeId' in event.data)) return;
  const { nodeId } = event.data;
  if (isUndo(nodeId)) advance(run, event);
  else if (nodes.has(undoIdOf(nodeId))) note(run, event);
};

/** What was done twice is undone twice, each time under a key of its own. To be told once it is another one's turn. */
export const beginUndoAnew = (run: Draft): void => {
  const next = nextToUndo(run);
  if (!next || !run.instances.has(undoIdOf(next.instanceId))) return;
  const undoId = undoIdOf(next.nodeId);
  beginWith(run, undoId, unusedTry(run, undoId));
  run.instances.delete(undoIdOf(next.instanceId));
};

export const requestCancellation = (
  run: Draft,
  { reason, waiting }: Fact<'WorkflowCancellationRequested'>,
): void => {
  run.cancellation = { reason };
  run.paused = false;
  run.halted = false;
  if (waiting) run.status = 'running';
  if (run.permits?.status !== 'held') run.permits = null;
};

export const startCompensation = (run: Draft, { because }: Fact<'CompensationStarted'>): void => {
  const graph = graphOf(run.definition);
  const left = [...run.unknownEffects].map((instanceId): LeftStanding => ({
    ...{ nodeId: placeOf(graph, instanceId).nodeId, instanceId, why: 'unknown' },
  }));
  const at = run.undoables.count - 1;
  run.compensation = { because, at, undone: 0, left, ended: false };
};

export const endCompensation = (run: Draft): void => {
  if (run.compensation) run.compensation = { ...run.compensation, ended: true };
};
