import type { ChildEnd, ExecutionEvent, Failure } from '@studio/contracts';

import { countingAttempt, type Order, tooLate } from './attempts.ts';
import { failAttempt } from './failures.ts';
import { cancelUnlessEnding } from './people.ts';
import { isOver, type NodeState, type Run } from './run.ts';
import { withConsequences } from './settle.ts';

type AwaitingChild = Extract<NodeState, { status: 'awaiting_child' }>;

/** Runs may lead to runs so often, one by another: a workflow that starts itself comes to an end. */
export const mostDepth = 20;

/** The attempt's child is on record as a run: from now on its end is the attempt's. */
export const awaitChild = (run: Run, data: Order<'AwaitChild'>): ExecutionEvent[] => {
  const { instanceId, attempt, childExecutionId, workflowId } = data;
  const state = countingAttempt(run, data);
  if (!state) return tooLate(run, data, { succeeded: true, outcome: { childExecutionId } });
  const { nodeId } = state;
  const started = { nodeId, instanceId, attempt, childExecutionId, workflowId };
  return [{ type: 'ChildStarted', data: started }];
};

const waitingFor = (
  run: Run,
  childExecutionId: string,
): readonly [string, AwaitingChild] | null => {
  for (const [instanceId, state] of run.instances)
    if (state.status === 'awaiting_child' && state.childExecutionId === childExecutionId)
      return [instanceId, state];
  return null;
};

/** A child has had its own retries: it is begun anew only where the node says so. */
const beginsAnew = ({ input }: AwaitingChild): boolean =>
  typeof input === 'object' &&
  input !== null &&
  'retryFailed' in input &&
  input.retryFailed === true;

const failureOf = (
  state: AwaitingChild,
  end: Exclude<ChildEnd, { outcome: 'completed' }>,
): Failure => {
  const transient = beginsAnew(state);
  const child = `The execution ${state.childExecutionId}`;
  if (end.outcome === 'cancelled')
    return { code: 'child.cancelled', message: `${child} was cancelled`, transient };
  const { code, message } = end;
  return { code: 'child.failed', message: `${child} failed: ${message} (${code})`, transient };
};

const nextAttempt = (instanceId: string, state: AwaitingChild, now: string): ExecutionEvent => {
  const { nodeId, attempt, generation } = state;
  const next = { nodeId, instanceId, attempt: attempt + 1, generation, dueAt: now };
  return { type: 'NodeRetryScheduled', data: next };
};

/** What the node makes of its child's end. */
const settled = (
  run: Run,
  instanceId: string,
  { state, end, now }: { state: AwaitingChild; end: ChildEnd; now: string },
): ExecutionEvent[] => {
  if (state.failing) return withConsequences(run, [nextAttempt(instanceId, state, now)]);
  if (end.outcome !== 'completed')
    return failAttempt(run, state, { instanceId, error: failureOf(state, end), now });
  const { nodeId, attempt } = state;
  const { output } = end;
  const completed = { nodeId, instanceId, attempt, handle: 'output', output };
  return withConsequences(run, [{ type: 'NodeCompleted', data: completed }]);
};

/** The child's end is the node's: its output, or its failure. */
export const endChild = (
  run: Run,
  { childExecutionId, end, now }: Order<'EndChild'>,
): ExecutionEvent[] => {
  const waiting = isOver(run) ? null : waitingFor(run, childExecutionId);
  if (!waiting) return [];
  const [instanceId, state] = waiting;
  const facts = settled(run, instanceId, { state, end, now });
  const { nodeId, attempt } = state;
  const { outcome } = end;
  // Behind what it means for the node: of a record that broke off before it, the end is told again.
  const behind = facts[1]?.type === 'NodeRetryScheduled' ? 2 : 1;
  const ended = { nodeId, instanceId, attempt, childExecutionId, outcome };
  return facts.toSpliced(behind, 0, { type: 'ChildEnded', data: ended });
};

/** Whoever waited for this run has ended. */
export const cancelOrphan = (run: Run): ExecutionEvent[] =>
  run.status === 'unstarted' || isOver(run)
    ? []
    : cancelUnlessEnding(run, { reason: 'The execution that waited for it has ended' });
