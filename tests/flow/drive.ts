import {
  type ChildEnd,
  type Definition,
  DomainError,
  type ExecutionCommand,
  type ExecutionEvent,
} from '@studio/contracts';
import {
  decideRun,
  foldRun,
  initialRun,
  isOver,
  type PlannedEffect,
  planRun,
  type Run,
} from '@studio/domain';

import type { Choose } from './choices.ts';

export interface Course {
  run: Run;
  readonly log: ExecutionEvent[];
  epoch: number;
}

const now = '2026-01-01T00:00:00.000Z';
const later = '2027-01-01T00:00:00.000Z';

const startOf = (definition: Definition, more: object): ExecutionCommand => ({
  type: 'StartWorkflow',
  data: {
    ...{ executionId: 'e', workflowId: 'w', workflowVersion: 1, workflowName: 'W', userId: 'u' },
    ...{ keyId: 'k', engineVersion: 1, definition, definitionHash: 'h', triggerType: 'manual' },
    ...{ trigger: {}, context: {}, priority: 0, maxRetries: 2, totalNodes: 1 },
    ...more,
  },
});

const failure = (transient: boolean) => ({ code: 'x', message: 'no', transient });

type Begin = Extract<PlannedEffect, { type: 'begin' }>;
type Perform = Extract<PlannedEffect, { type: 'perform' }>;

const waiting = (instanceId: string, choose: Choose): ExecutionCommand => {
  const data = { instanceId, name: 's', callback: choose(2) === 0, selects: choose(2) === 0 };
  return { type: 'AwaitSignal', data: { ...data, dueAt: choose(4) === 0 ? now : null } };
};

const beginning = (
  { instanceId, node, again, generation }: Begin,
  choose: Choose,
  epoch: number,
): ExecutionCommand => {
  const kind = again ? 'noop@1' : node.kind;
  const many = choose(4);
  const idempotencyKey = `${instanceId} ${generation}`;
  const items = Array.from({ length: many }, (_, index) => index);
  const region = { instanceId, onBound: choose(2) === 0 ? 'fail' : 'complete' } as const;
  switch (kind) {
    case 'condition@1':
    case 'end@1':
      return { type: 'CompletePureNode', data: { instanceId, handle: choose(2) === 0 ? 'true' : 'false', output: 1 } }; // prettier-ignore
    case 'delay@1':
      return { type: 'SetTimer', data: { instanceId, dueAt: now } };
    case 'wait-for-event@1':
      return waiting(instanceId, choose);
    case 'sub-workflow@1':
      return { type: 'StartNode', data: { instanceId, epoch, effect: 'idempotent', idempotencyKey, input: { retryFailed: choose(2) === 0 } } }; // prettier-ignore
    case 'for-each@1': {
      const maxFailures = [0, 1, null][choose(3)] ?? null;
      return { type: 'StartRegion', data: { ...region, items, maxIterations: many, window: 1 + choose(3), maxFailures } }; // prettier-ignore
    }
    case 'while@1':
    case 'try@1':
      return { type: 'StartRegion', data: { ...region, items: null, maxIterations: kind === 'try@1' ? 1 : many + 1, window: 1, maxFailures: 0 } }; // prettier-ignore
    default: {
      const effect = choose(4) === 0 ? 'unsafe' : 'idempotent';
      return { type: 'StartNode', data: { instanceId, epoch, effect, idempotencyKey, input: {} } }; // prettier-ignore
    }
  }
};

const outcome = (
  { instanceId, node, state }: Perform,
  choose: Choose,
  epoch: number,
): ExecutionCommand => {
  const { attempt } = state;
  if (state.epoch < epoch) return { type: 'RecoverNode', data: { instanceId, epoch, now } };
  const way = choose(8);
  if (way > 1 && node.kind === 'sub-workflow@1')
    return { type: 'AwaitChild', data: { instanceId, attempt, epoch, childExecutionId: `${instanceId}#${attempt}`, workflowId: 'w' } }; // prettier-ignore
  if (way > 1)
    return { type: 'CompleteNode', data: { instanceId, attempt, epoch, handle: 'output', output: attempt, turns: [] } }; // prettier-ignore
  return { type: 'FailNode', data: { instanceId, attempt, epoch, now, error: failure(way === 0) } };
};

const orderFor = (effect: PlannedEffect, choose: Choose, epoch: number): ExecutionCommand => {
  switch (effect.type) {
    case 'ask':
      return { type: 'RequestPermits', data: { permits: [{ key: 'k', most: 1 }] } };
    case 'begin':
      return choose(12) === 0 && !effect.again
        ? { type: 'FailPureNode', data: { instanceId: effect.instanceId, error: failure(false) } }
        : beginning(effect, choose, epoch);
    case 'perform':
      return outcome(effect, choose, epoch);
    case 'iterate': {
      const { instanceId, index } = effect;
      const goOn = index < 4 && choose(4) > 0;
      return choose(10) === 0
        ? { type: 'BreakLoop', data: { instanceId, index, error: failure(false) } }
        : { type: 'ContinueLoop', data: { instanceId, index, goOn } };
    }
    case 'judge': {
      const { instanceId, signalId } = effect;
      return choose(10) === 0
        ? { type: 'FailJudging', data: { instanceId, signalId, error: failure(false) } }
        : { type: 'JudgeSignal', data: { instanceId, signalId, holds: choose(3) > 0 } };
    }
    case 'wake':
      return { type: 'FireTimer', data: { timerId: effect.timerId, now: later } };
  }
};

/** A signal, or an answer by callback where the run waits for one. */
const signalFor = (run: Run, choose: Choose): ExecutionCommand | null => {
  const waiting = [...run.instances].find(([, { status }]) => status === 'awaiting_signal');
  if (!waiting || isOver(run)) return null;
  const [instanceId, state] = waiting;
  if (state.status === 'awaiting_signal' && state.callback && choose(2) === 0)
    return { type: 'ReceiveCallback', data: { instanceId, attempt: state.attempt, payload: 1 } };
  return aSignal(run);
};

const aSignal = ({ signals }: Run): ExecutionCommand => ({
  type: 'ReceiveSignal',
  data: { signalId: `s${signals.size}`, name: 's', payload: signals.size, sentBy: 'u' },
});

const mayBeRetried = ({ status, compensation, retries, maxRetries }: Run): boolean =>
  status === 'failed' && !compensation && retries < maxRetries;

/** What a person does with a run that waits for one, or that failed; null when it is over for good. */
const byPerson = (run: Run, choose: Choose): ExecutionCommand | null => {
  const doubtful = [...run.instances].find(([, { status }]) => status === 'in_doubt');
  if (doubtful && !isOver(run)) {
    const [nodeId] = doubtful;
    const said = [
      { action: 'retry' as const },
      { action: 'fail' as const, message: 'no' },
      { action: 'outcome' as const, output: 1 },
    ][choose(3)] ?? { action: 'retry' as const };
    return { type: 'ResolveNode', data: { nodeId, resolution: said, now } };
  }
  const signal = signalFor(run, choose);
  if (signal) return signal;
  return mayBeRetried(run) && choose(2) === 0 ? { type: 'RetryWorkflow', data: { now } } : null;
};

/** How the run ended that an instance waits for. */
const childEnd = (run: Run, choose: Choose): ExecutionCommand | null => {
  const waiting = [...run.instances.values()].find(({ status }) => status === 'awaiting_child');
  if (waiting?.status !== 'awaiting_child' || isOver(run)) return null;
  const { childExecutionId } = waiting;
  const ends: readonly ChildEnd[] = [
    { outcome: 'completed', output: childExecutionId },
    { outcome: 'failed', code: 'x', message: 'no' },
    { outcome: 'cancelled' },
  ];
  const [completed] = ends;
  const end = ends[choose(5)] ?? completed;
  return end ? { type: 'EndChild', data: { childExecutionId, end, now } } : null;
};

/** The index, which grants what was asked for, and tells how children ended, at any time. */
const byIndex = (run: Run, choose: Choose): ExecutionCommand | null =>
  run.permits?.status === 'requested' && !isOver(run)
    ? { type: 'GrantPermits', data: { requestedAt: run.permits.at } }
    : childEnd(run, choose);

interface Conditions {
  /** A run that has a deadline may come to it between any two steps. */
  readonly hasDeadline?: boolean;
  readonly hasLimits?: boolean;
}

export const begin = (definition: Definition, conditions: Conditions = {}): Course => {
  const { hasDeadline = false, hasLimits = false } = conditions;
  const course: Course = { run: initialRun, log: [], epoch: 1 };
  const deadline = { afterMs: 1_000, dueAt: later };
  const limits = [{ scope: 'workflow', most: 1 }];
  const more = { ...(hasDeadline ? { deadline } : {}), ...(hasLimits ? { limits } : {}) };
  give(course, startOf(definition, more));
  settleAsOwner(course);
  return course;
};

export const give = (course: Course, order: ExecutionCommand): void => {
  const events = decideRun(order, course.run);
  course.run = foldRun(course.run, events);
  course.log.push(...events);
};

/** Where others wrote facts, or the last owner may have broken off, the run's owner first has it settled. */
const settleAsOwner = (course: Course): void => {
  give(course, { type: 'SettleRun', data: {} });
};

/** The process dies: another owner folds what is on record, here and there without the last facts of a record. */
const crash = (course: Course, choose: Choose): void => {
  const lost = Math.min(choose(4), course.log.length - 1);
  course.log.length -= isOver(course.run) ? 0 : lost;
  course.run = foldRun(initialRun, course.log);
  course.epoch += 1;
  settleAsOwner(course);
};

/** A person cancels the run now and then, unless it is over or undoes what it did. */
const cancel = (course: Course, choose: Choose): void => {
  if (choose(60) > 0 || isOver(course.run) || course.run.compensation) return;
  give(course, { type: 'CancelWorkflow', data: { reason: null } });
};

/** So often a person sends a run back, at most: it is to end. */
const mostRewinds = 3;

/** A person sends the run back now and then, to any node that has begun; a refusal is an answer. */
const sendBack = (course: Course, choose: Choose): void => {
  const { run } = course;
  if (choose(25) > 0 || run.rewinds >= mostRewinds) return;
  const nodeIds = [...run.instances.keys()];
  const nodeId = nodeIds[choose(Math.max(1, nodeIds.length))];
  if (nodeId === undefined) return;
  try {
    give(course, { type: 'RewindWorkflow', data: { nodeId, reason: null, now } });
    settleAsOwner(course);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
};

/** One step; false when there is nothing left to do. */
export const step = (course: Course, choose: Choose): boolean => {
  if (choose(15) === 0) crash(course, choose);
  if (!isOver(course.run) && choose(40) === 0) give(course, aSignal(course.run));
  cancel(course, choose);
  sendBack(course, choose);
  const effects = planRun(course.run);
  const effect = effects[choose(Math.max(1, effects.length))];
  const order = effect
    ? orderFor(effect, choose, course.epoch)
    : (byIndex(course.run, choose) ?? byPerson(course.run, choose));
  if (!order) return false;
  give(course, order);
  if (!effect) settleAsOwner(course);
  return true;
};
