import { type ExecutionEvent, type Failure, type InstanceId, plusMs } from '@studio/contracts';

import { hasToUndo } from './compensating.ts';
import { deadlineFailure } from './deadlineFailure.ts';
import { isEnding, isUnsettled, type NodeState, type Run, standingMark } from './run.ts';
import { withConsequences } from './settle.ts';

/** The timer of a run's deadline; another one after each retry. */
export const deadlineTimer = (retries: number): string => `deadline#${retries}`;

const outcomeUnknown: Failure = {
  code: 'node.outcome_unknown',
  message: "The effect was called off by the run's deadline, and its outcome is unknown",
  transient: false,
};

/** What was under way fails; an unsafe effect does so in doubt, so that no retry repeats it without a word. */
const calledOff = (
  instanceId: InstanceId,
  state: NodeState,
  error: Failure,
): readonly ExecutionEvent[] => {
  if (!isUnsettled(state)) return [];
  const { nodeId, attempt, effect } = state;
  const place = { nodeId, instanceId, attempt };
  const isUnsafe = effect === 'unsafe';
  const failed: ExecutionEvent = {
    type: 'NodeFailed',
    data: { ...place, error: isUnsafe ? outcomeUnknown : error, next: 'fail_run' },
  };
  if (!isUnsafe || state.status === 'in_doubt') return [failed];
  return [{ type: 'NodeInDoubt', data: { ...place, reason: 'no_answer' } }, failed];
};

/** The run fails, also while it is paused; what it did is undone once it goes on. */
export const exceedDeadline = (run: Run, now: string): ExecutionEvent[] => {
  const { deadline, instances } = run;
  if (!deadline || deadline.dueAt > now || isEnding(run)) return [];
  const { dueAt } = deadline;
  const error = deadlineFailure({ dueAt });
  const { code, message } = error;
  const facts: ExecutionEvent[] = [
    { type: 'WorkflowDeadlineExceeded', data: { dueAt } },
    ...[...instances].flatMap(([instanceId, state]) => calledOff(instanceId, state, error)),
  ];
  if (hasToUndo(run)) return withConsequences(run, facts);
  const data = { instanceId: null, code, message, ...standingMark(run) };
  return [...facts, { type: 'WorkflowFailed', data }];
};

/** A run that goes on has as long as it had. */
export const deadlineAgain = ({ deadline }: Run, now: string): Run['deadline'] =>
  deadline && { ...deadline, dueAt: plusMs(now, deadline.afterMs) };
