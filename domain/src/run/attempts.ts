import type { ExecutionCommand, ExecutionEvent, Failure } from '@studio/contracts';

import { isOpenAt } from './bodies.ts';
import { graphOf } from './graph.ts';
import { readinessOf } from './inputs.ts';
import { placeOf } from './places.ts';
import { nextAfterFailure } from './regions.ts';
import { awaitsPermits, isOver, lateKey, type NodeState, type Run } from './run.ts';
import { withConsequences } from './settle.ts';
import { firstTry } from './tries.ts';

export type Order<Type extends ExecutionCommand['type']> = Extract<
  ExecutionCommand,
  { type: Type }
>['data'];
/** An attempt that may still bring an outcome. */
export type Unsettled = Extract<NodeState, { status: 'running' | 'in_doubt' }>;

export const nodeIdOf = (run: Run, instanceId: string): string =>
  placeOf(graphOf(run.definition), instanceId).nodeId;

const mayBeginAs: ReadonlySet<NodeState['status']> = new Set(['due', 'reopened', 'fired']);

/** The attempt that begins next. */
export const nextAttempt = (
  run: Run,
  instanceId: string,
): { attempt: number; generation: number } => {
  const state = run.instances.get(instanceId);
  if (state?.status !== 'due' && state?.status !== 'reopened')
    return firstTry(run, nodeIdOf(run, instanceId));
  const { attempt, generation } = state;
  return { attempt, generation };
};

/** True while nothing of the run may begin. */
const standsStill = (run: Run): boolean =>
  run.paused || run.startsAt !== null || awaitsPermits(run);

/** True when the instance waits for nothing any more and has not begun. */
export const mayBegin = (run: Run, instanceId: string): boolean => {
  if (standsStill(run)) return false;
  const graph = graphOf(run.definition);
  const place = placeOf(graph, instanceId);
  if (!graph.nodes.has(place.nodeId) || !isOpenAt(run, graph, place)) return false;
  const state = run.instances.get(instanceId);
  return state ? mayBeginAs.has(state.status) : readinessOf(run, place, graph) === 'ready';
};

export const startNode = (run: Run, data: Order<'StartNode'>): ExecutionEvent[] => {
  if (!mayBegin(run, data.instanceId)) return [];
  const { instanceId } = data;
  const nodeId = nodeIdOf(run, instanceId);
  return [{ type: 'NodeStarted', data: { nodeId, ...nextAttempt(run, instanceId), ...data } }];
};

export const completePureNode = (run: Run, data: Order<'CompletePureNode'>): ExecutionEvent[] => {
  if (!mayBegin(run, data.instanceId)) return [];
  const nodeId = nodeIdOf(run, data.instanceId);
  const { attempt } = nextAttempt(run, data.instanceId);
  return withConsequences(run, [{ type: 'NodeCompleted', data: { nodeId, attempt, ...data } }]);
};

/** A failure that is not tried again: the run goes on by the `error` output, or fails. */
export const finalFailure = (
  run: Run,
  { instanceId, attempt, error }: { instanceId: string; attempt: number; error: Failure },
): ExecutionEvent[] => {
  const nodeId = nodeIdOf(run, instanceId);
  const next = nextAfterFailure(graphOf(run.definition), nodeId);
  return withConsequences(run, [
    { type: 'NodeFailed', data: { nodeId, instanceId, attempt, error, next } },
  ]);
};

/** The attempt whose outcome this is, if it still counts: the open one of this epoch, or the one in doubt. */
export const countingAttempt = (
  run: Run,
  { instanceId, attempt, epoch }: { instanceId: string; attempt: number; epoch: number },
): Unsettled | null => {
  const state = run.instances.get(instanceId);
  if (isOver(run) || !state) return null;
  if (state.status === 'running')
    return state.attempt === attempt && state.epoch === epoch ? state : null;
  return state.status === 'in_doubt' && state.attempt === attempt ? state : null;
};

/** True for an instance of an iteration that is over: it is so only once all outcomes inside were on record. */
const isLeftBehind = (run: Run, instanceId: string): boolean =>
  !run.instances.has(instanceId) && placeOf(graphOf(run.definition), instanceId).path !== '';

const settledAs: ReadonlySet<NodeState['status']> = new Set(['completed', 'failed', 'held']);

/** True when the attempt failed without an answer: one that comes is none that is on record. */
const wasCalledOff = (state: NodeState): boolean =>
  state.status === 'failed' && state.error.code === 'run.deadline_exceeded';

/** True when this very attempt's outcome is already on record as the node's. */
const isOnRecord = (run: Run, instanceId: string, attempt: number): boolean => {
  const state = run.instances.get(instanceId);
  if (run.late.has(lateKey(instanceId, attempt))) return true;
  if (attempt < firstTry(run, nodeIdOf(run, instanceId)).attempt)
    return !run.calledOff.has(lateKey(instanceId, attempt));
  if (state === undefined || !settledAs.has(state.status)) return isLeftBehind(run, instanceId);
  if (wasCalledOff(state)) return false;
  // What a skipped node did after all is news.
  return 'attempt' in state && state.attempt === attempt && !('skipped' in state);
};

export const tooLate = (
  run: Run,
  data: { instanceId: string; attempt: number },
  answer: { succeeded: boolean; outcome: unknown },
): ExecutionEvent[] => {
  const { instanceId, attempt } = data;
  if (run.status === 'unstarted' || isOnRecord(run, instanceId, attempt)) return [];
  const nodeId = nodeIdOf(run, instanceId);
  return [{ type: 'LateOutcomeRecorded', data: { nodeId, instanceId, attempt, ...answer } }];
};

export const completeNode = (run: Run, data: Order<'CompleteNode'>): ExecutionEvent[] => {
  const { instanceId, attempt, handle, output } = data;
  const nodeId = nodeIdOf(run, instanceId);
  const turns = data.turns.map(({ turn, answer }, index): ExecutionEvent => {
    const place = { nodeId, instanceId, attempt, turn: index + 1 };
    return { type: 'ModelTurnCompleted', data: { ...place, ...turn, answer } };
  });
  if (!countingAttempt(run, data)) {
    const late = tooLate(run, data, { succeeded: true, outcome: output });
    return late.length > 0 ? [...turns, ...late] : [];
  }
  return withConsequences(run, [
    ...turns,
    { type: 'NodeCompleted', data: { nodeId, instanceId, attempt, handle, output } },
  ]);
};
