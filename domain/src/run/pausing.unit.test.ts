import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { begun, done, edge, node, nodeFailed, place, started } from '../testing/runFacts.ts';
import { specificationFor } from '../testing/specification.ts';
import { decide, fold, initialRun, plan, shownStatus } from './index.ts';

const given = specificationFor(decider);
const now = '2026-01-01T00:00:00.000Z';
const later = '2026-01-01T01:00:00.000Z';

const pause: ExecutionCommand = { type: 'PauseWorkflow', data: { reason: 'Lunch' } };
const resume: ExecutionCommand = { type: 'ResumeWorkflow', data: {} };
const settle: ExecutionCommand = { type: 'SettleRun', data: {} };
const paused: ExecutionEvent = { type: 'WorkflowPaused', data: { reason: 'Lunch' } };
const resumed: ExecutionEvent = { type: 'WorkflowResumed', data: {} };
const cancelled: ExecutionEvent = { type: 'WorkflowCancelled', data: { reason: null } };
const ab = started([node('a'), node('b')], [edge('a', 'b')]);
const startB: ExecutionCommand = {
  type: 'StartNode',
  data: { instanceId: 'b', epoch: 1, effect: 'idempotent', idempotencyKey: 'k', input: {} },
};
const completeA: ExecutionCommand = {
  type: 'CompleteNode',
  data: { instanceId: 'a', attempt: 1, epoch: 1, handle: 'output', output: 'by a', turns: [] },
};
const typesAfter = (history: readonly ExecutionEvent[], command: ExecutionCommand): string[] =>
  decide(command, fold(initialRun, history)).map(({ type }) => type);

describe('a run that is paused', () => {
  it('is paused once, and goes on once', () => {
    given([ab]).when(pause).then([paused]);
    given([ab, paused]).when(pause).thenNothing();
    given([ab, paused]).when(resume).then([resumed]);
    given([ab]).when(resume).thenNothing();
    expect(shownStatus(fold(initialRun, [ab, paused]))).toBe('paused');
    expect(shownStatus(fold(initialRun, [ab, paused, resumed]))).toBe('running');
  });

  it('is refused once it is over, and before it is there', () => {
    given([]).when(pause).thenRefused('execution.not_pausable');
    given([ab, cancelled]).when(pause).thenRefused('execution.not_pausable');
    given([ab, cancelled]).when(resume).thenRefused('execution.not_resumable');
  });

  it('begins nothing', () => {
    expect(plan(fold(initialRun, [ab, paused]))).toEqual([]);
    given([ab, begun('a'), done('a'), paused])
      .when(startB)
      .thenNothing();
  });

  it('records what was under way, and nothing that follows from it', () => {
    const history = [ab, begun('a'), paused];
    expect(plan(fold(initialRun, history))).toMatchObject([{ type: 'perform', instanceId: 'a' }]);
    given(history)
      .when(completeA)
      .then([done('a')]);
  });

  it('goes on from what was recorded meanwhile', () => {
    const alone = started([node('a')]);
    const history = [alone, begun('a'), paused, done('a')];
    given(history).when(settle).thenNothing();
    expect(typesAfter([...history, resumed], settle)).toEqual(['WorkflowCompleted']);
    expect(typesAfter([alone, begun('a'), paused, nodeFailed('a')], settle)).toEqual([]);
    expect(typesAfter([alone, begun('a'), paused, nodeFailed('a'), resumed], settle)).toEqual([
      'WorkflowFailed',
    ]);
  });

  it('lets a delay end, and goes on from it later', () => {
    const timer = { ...place('a'), timerId: 'delay:a' };
    const set: ExecutionEvent = { type: 'TimerSet', data: { ...timer, dueAt: now } };
    const fire: ExecutionCommand = {
      type: 'FireTimer',
      data: { timerId: 'delay:a', now: later },
    };
    const fired: ExecutionEvent = { type: 'TimerFired', data: timer };
    const history = [started([node('a', { kind: 'delay@1' })]), set, paused];
    given(history).when(fire).then([fired]);
    given([...history, fired])
      .when(fire)
      .thenNothing();
    expect(typesAfter([...history, fired, resumed], settle)).toEqual([
      'NodeCompleted',
      'WorkflowCompleted',
    ]);
  });

  it('lets the time come that it was to begin at, and begins later', () => {
    const history = [started([node('a', { kind: 'manual-trigger@1' })], [], { scheduledAt: now })];
    const fire: ExecutionCommand = { type: 'FireTimer', data: { timerId: 'start', now: later } };
    const reached: ExecutionEvent = { type: 'StartTimeReached', data: {} };
    given([...history, paused])
      .when(fire)
      .then([reached]);
    expect(typesAfter([...history, paused, reached, resumed], settle)).toEqual([
      'NodeCompleted',
      'WorkflowCompleted',
    ]);
  });

  it('takes no attempt up again that a crash broke off, until it goes on', () => {
    const recover: ExecutionCommand = {
      type: 'RecoverNode',
      data: { instanceId: 'a', epoch: 2, now },
    };
    given([ab, begun('a'), paused])
      .when(recover)
      .thenNothing();
    expect(typesAfter([ab, begun('a'), paused, resumed], recover)).toEqual(['NodeStarted']);
  });

  it('can be cancelled, and the fact says that it was paused', () => {
    given([ab, paused])
      .when({ type: 'CancelWorkflow', data: { reason: null } })
      .then([{ type: 'WorkflowCancelled', data: { reason: null, paused: true } }]);
    expect(shownStatus(fold(initialRun, [ab, paused, cancelled]))).toBe('cancelled');
  });
});
