import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { begun, done, edge, node, nodeFailed, started } from '../testing/runFacts.ts';
import { specificationFor } from '../testing/specification.ts';
import { decide, fold, initialRun, plan, shownStatus } from './index.ts';

const given = specificationFor(decider);
const now = '2026-01-01T00:00:00.000Z';
const limits = [{ scope: 'workflow' as const, most: 1 }];
const permits = [
  { key: 'k1', most: 1 },
  { key: 'k2', most: 9, withinMs: 60_000 },
];
const ab = started([node('a'), node('b')], [edge('a', 'b')], { limits, priority: 7 });

const ask: ExecutionCommand = { type: 'RequestPermits', data: { permits } };
const requested: ExecutionEvent = { type: 'PermitsRequested', data: { priority: 7, permits } };
const grantOf = (requestedAt: number): ExecutionCommand => ({
  type: 'GrantPermits',
  data: { requestedAt },
});
const granted = (requestedAt: number, more = {}): ExecutionEvent => ({
  type: 'PermitsGranted',
  data: { requestedAt, counted: [{ key: 'k2', withinMs: 60_000 }], ...more },
});
const begins = { begins: true as const };
const pause: ExecutionCommand = { type: 'PauseWorkflow', data: { reason: null } };
const paused: ExecutionEvent = { type: 'WorkflowPaused', data: { reason: null } };
const pausedInLine: ExecutionEvent = {
  type: 'WorkflowPaused',
  data: { reason: null, waiting: true },
};
const resumed: ExecutionEvent = { type: 'WorkflowResumed', data: {} };
const cancel: ExecutionCommand = { type: 'CancelWorkflow', data: { reason: null } };
const plannedAfter = (...facts: ExecutionEvent[]): string[] =>
  plan(fold(initialRun, facts)).map((effect) => effect.type);
const statusAfter = (...facts: ExecutionEvent[]): string => shownStatus(fold(initialRun, facts));

describe('a run that was started under limits', () => {
  it('asks for its permits first, and does nothing else', () => {
    expect(plannedAfter(ab)).toEqual(['ask']);
    given([ab]).when({ type: 'SettleRun', data: {} }).thenNothing();
    given([ab]).when(ask).then([requested]);
    given([ab, requested]).when(ask).thenNothing();
    expect(plannedAfter(ab, requested)).toEqual([]);
  });

  it('is pending until it holds them, and keeps them to its end', () => {
    expect(statusAfter(ab, requested)).toBe('pending');
    given([ab, requested])
      .when(grantOf(1))
      .then([granted(1, begins)]);
    const held = [ab, requested, granted(1, begins)];
    expect(statusAfter(...held)).toBe('running');
    expect(plannedAfter(...held)).toEqual(['begin']);
    given(held).when(grantOf(1)).thenNothing();
    expect(plannedAfter(...held, paused, resumed)).toEqual(['begin']);
  });

  it('starts no node without them, whatever it is told', () => {
    given([ab, requested])
      .when({
        type: 'StartNode',
        data: { instanceId: 'a', epoch: 1, effect: 'idempotent', idempotencyKey: 'k', input: {} },
      })
      .thenNothing();
  });

  it('asks when its time has come, not before', () => {
    const later = started([node('a')], [], { limits, scheduledAt: now });
    given([later]).when(ask).thenNothing();
    expect(plannedAfter(later)).toEqual(['wake']);
    const reached: ExecutionEvent = { type: 'StartTimeReached', data: {} };
    given([later])
      .when({ type: 'FireTimer', data: { timerId: 'start', now } })
      .then([reached]);
    expect(plannedAfter(later, reached)).toEqual(['ask']);
  });

  it('gives up its place while it is paused, and asks anew; an old grant does not count', () => {
    given([ab, requested]).when(pause).then([pausedInLine]);
    given([ab, requested, pausedInLine]).when(grantOf(1)).thenNothing();
    expect(plannedAfter(ab, requested, pausedInLine)).toEqual([]);
    const again = [ab, requested, pausedInLine, resumed];
    expect(plannedAfter(...again)).toEqual(['ask']);
    given([...again, requested])
      .when(grantOf(1))
      .thenNothing();
    given([...again, requested])
      .when(grantOf(4))
      .then([granted(4, begins)]);
  });

  it('is cancelled while it waits, and takes no grant then', () => {
    const cancelled: ExecutionEvent = {
      type: 'WorkflowCancelled',
      data: { reason: null, waiting: true },
    };
    given([ab, requested]).when(cancel).then([cancelled]);
    given([ab, requested, cancelled]).when(grantOf(1)).thenNothing();
  });

  it('is cancelled where a later one begins in its place, and says which', () => {
    const superseded: ExecutionCommand = {
      type: 'SupersedeRun',
      data: { requestedAt: 1, by: 'e2', burstEndsBy: now },
    };
    const [cancelled, ...more] = decide(superseded, fold(initialRun, [ab, requested]));
    expect(cancelled).toEqual({
      type: 'WorkflowCancelled',
      data: {
        ...{ reason: expect.stringContaining('e2'), waiting: true },
        ...{ supersededBy: 'e2', burstEndsBy: now },
      },
    });
    expect(more).toEqual([]);
    for (const then of [[granted(1, begins)], [pausedInLine], [pausedInLine, resumed, requested]])
      given([ab, requested, ...then])
        .when(superseded)
        .thenNothing();
  });

  it('fails at its deadline while it waits', () => {
    const deadline = { afterMs: 1, dueAt: now };
    const limited = started([node('a')], [], { limits, deadline });
    expect(plannedAfter(limited, requested)).toEqual(['wake']);
    const facts = decide(
      { type: 'FireTimer', data: { timerId: 'deadline#0', now } },
      fold(initialRun, [limited, requested]),
    );
    expect(facts.at(-1)).toMatchObject({ type: 'WorkflowFailed', data: { waiting: true } });
  });

  it('asks again when it is retried', () => {
    const failed: ExecutionEvent = {
      type: 'WorkflowFailed',
      data: { instanceId: 'a', code: 'http.status', message: 'no' },
    };
    const history = [ab, requested, granted(1, begins), begun('a'), nodeFailed('a'), failed];
    const told = decide({ type: 'RetryWorkflow', data: { now } }, fold(initialRun, history));
    expect(plannedAfter(...history, ...told)).toEqual(['ask']);
    given([...history, ...told, requested])
      .when(grantOf(7))
      .then([granted(7)]);
    expect(plannedAfter(...history, ...told, requested, granted(7))).toEqual(['begin']);
  });

  it('fails when nobody can tell whom it would have to wait for', () => {
    const error = { code: 'expression.failed', message: 'no', transient: false };
    given([ab])
      .when({ type: 'BreakStart', data: { error } })
      .then([
        {
          type: 'WorkflowFailed',
          data: { instanceId: null, code: 'expression.failed', message: 'no' },
        },
      ]);
  });
});

it('lets a run without limits begin at once', () => {
  const free = started([node('a')]);
  expect(plannedAfter(free)).toEqual(['begin']);
  given([free]).when(ask).thenNothing();
  given([free, begun('a'), done('a')])
    .when(grantOf(1))
    .thenNothing();
});
