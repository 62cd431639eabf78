import { describe, expect, it } from '@jest/globals';
import {
  defaultRetryPolicy,
  type DefinedConnection,
  type DefinedNode,
  type Effect,
  type ExecutionCommand,
  type ExecutionEvent,
} from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { specificationFor } from '../testing/specification.ts';
import { fold, initialRun, plan } from './index.ts';

const given = specificationFor(decider);
const now = '2026-01-01T00:00:00.000Z';
const later = '2026-01-01T01:00:00.000Z';

const node = (id: string, more: Partial<DefinedNode> = {}): DefinedNode => ({
  ...{ id, name: id, type: 'action', kind: 'noop@1', config: {}, onInDoubt: 'ask' },
  retry: defaultRetryPolicy,
  ...more,
});
const edge = (source: string, target: string, sourceHandle = 'output'): DefinedConnection => ({
  ...{ source, target, sourceHandle },
});
const started = (
  nodes: DefinedNode[],
  connections: DefinedConnection[] = [],
  more: { maxRetries?: number; scheduledAt?: string } = {},
): ExecutionEvent => ({
  type: 'WorkflowStarted',
  data: {
    ...{ executionId: 'e1', workflowId: 'w1', workflowVersion: 1, workflowName: 'W', userId: 'u1' },
    ...{ keyId: 'k1', engineVersion: 1, definition: { nodes, connections }, definitionHash: 'h' },
    ...{ triggerType: 'manual' as const, trigger: { n: 1 }, context: {}, priority: 0 },
    ...{ maxRetries: 3, totalNodes: nodes.length, ...more },
  },
});
const place = (id: string) => ({ nodeId: id, instanceId: id });
const begun = (id: string, more: { attempt?: number; effect?: Effect } = {}): ExecutionEvent => ({
  type: 'NodeStarted',
  data: {
    ...{ ...place(id), attempt: 1, generation: 0, epoch: 1, effect: 'idempotent' },
    ...{ idempotencyKey: `key-${id}`, input: { of: id } },
    ...more,
  },
});
const done = (id: string, attempt = 1): ExecutionEvent => ({
  type: 'NodeCompleted',
  data: { ...place(id), attempt, handle: 'output', output: `by ${id}` },
});
const error = (code = 'http.status') => ({ code, message: 'no', transient: false });
const failed = (id: string, attempt = 1, code?: string): ExecutionEvent[] => [
  {
    type: 'NodeFailed',
    data: { ...place(id), attempt, error: error(code), next: 'fail_run' },
  },
  { type: 'WorkflowFailed', data: { instanceId: id, code: code ?? 'http.status', message: 'no' } },
];
const inDoubt = (id: string): ExecutionEvent => ({
  type: 'NodeInDoubt',
  data: { ...place(id), attempt: 1, reason: 'crash' },
});
const retried = (
  count: number,
  reopened: { id: string; attempt: number; generation: number }[],
  doubted: string[] = [],
): ExecutionEvent => ({
  type: 'WorkflowRetried',
  data: {
    ...{ workflowId: 'w1', retry: count },
    reopened: reopened.map(({ id, ...rest }) => ({ ...place(id), ...rest })),
    inDoubt: doubted.map((id) => ({ ...place(id), attempt: 1 })),
  },
});
const retry: ExecutionCommand = {
  type: 'RetryWorkflow',
  data: { now: '2026-01-01T00:00:00.000Z' },
};
const settle: ExecutionCommand = { type: 'SettleRun', data: {} };
const start = (instanceId: string): ExecutionCommand => ({
  type: 'StartNode',
  data: { instanceId, epoch: 1, effect: 'idempotent', idempotencyKey: 'new', input: {} },
});

const chain = [started([node('a'), node('b')], [edge('a', 'b')]), begun('a'), done('a')];
const once = [
  ...chain,
  begun('b'),
  ...failed('b'),
  retried(1, [{ id: 'b', attempt: 2, generation: 1 }]),
];

describe('retrying a run', () => {
  it('has what failed begin anew, and keeps what succeeded', () => {
    given([...chain, begun('b'), ...failed('b')])
      .when(retry)
      .then([retried(1, [{ id: 'b', attempt: 2, generation: 1 }])]);
    const run = fold(initialRun, once);
    expect(run).toMatchObject({ status: 'running', retries: 1, failure: null });
    expect(plan(run)).toMatchObject([
      { type: 'begin', instanceId: 'b', generation: 1, again: null },
    ]);
    expect(run.instances.get('a')).toMatchObject({ status: 'completed', output: 'by a' });
  });

  it('begins the node as its next attempt, whose key is of the next generation', () =>
    given(once)
      .when(start('b'))
      .then([
        {
          type: 'NodeStarted',
          data: {
            ...{ ...place('b'), attempt: 2, generation: 1, epoch: 1, effect: 'idempotent' },
            ...{ idempotencyKey: 'new', input: {} },
          },
        },
      ]));

  it('takes no outcome of the attempt that failed for that of the new one', () =>
    given([...once, begun('b', { attempt: 2 })])
      .when({
        type: 'CompleteNode',
        data: { instanceId: 'b', attempt: 1, epoch: 1, handle: 'output', output: 1, turns: [] },
      })
      .then([
        {
          type: 'LateOutcomeRecorded',
          data: { ...place('b'), attempt: 1, succeeded: true, outcome: 1 },
        },
      ]));

  it('counts the attempts of a node that fails before any effect', () => {
    const pure = [
      started([node('p')]),
      ...failed('p', 1, 'expression.failed'),
      retried(1, [{ id: 'p', attempt: 2, generation: 1 }]),
    ];
    given(pure)
      .when({ type: 'FailPureNode', data: { instanceId: 'p', error: error('expression.failed') } })
      .then(failed('p', 2, 'expression.failed'));
    given([...pure, ...failed('p', 2, 'expression.failed')])
      .when(retry)
      .then([retried(2, [{ id: 'p', attempt: 3, generation: 2 }])]);
    given(pure)
      .when({ type: 'CompletePureNode', data: { instanceId: 'p', handle: 'output', output: 1 } })
      .then([
        { type: 'NodeCompleted', data: { ...place('p'), attempt: 2, handle: 'output', output: 1 } },
        { type: 'WorkflowCompleted', data: { output: 1 } },
      ]);
  });

  it('leaves a failure alone that the run went on from by an error output', () =>
    given([
      started([node('a'), node('b')], [edge('a', 'b', 'error')]),
      {
        type: 'NodeFailed',
        data: { ...place('a'), attempt: 1, error: error(), next: 'error_output' },
      },
      ...[begun('b'), ...failed('b')],
    ])
      .when(retry)
      .then([retried(1, [{ id: 'b', attempt: 2, generation: 1 }])]));

  it('begins all that failed together', () =>
    given([
      started([node('a'), node('b')]),
      ...[begun('a'), begun('b'), ...failed('a').slice(0, 1), ...failed('b')],
    ])
      .when(retry)
      .then([
        retried(1, [
          { id: 'a', attempt: 2, generation: 1 },
          { id: 'b', attempt: 2, generation: 1 },
        ]),
      ]));

  it('puts a node in doubt again whose outcome nobody knows, and waits for a word about it', () => {
    const doubted = [
      started([node('pay', { onInDoubt: 'fail' })]),
      begun('pay', { effect: 'unsafe' }),
      ...[inDoubt('pay'), ...failed('pay', 1, 'node.outcome_unknown')],
    ];
    given(doubted)
      .when(retry)
      .then([retried(1, [], ['pay'])]);
    const run = fold(initialRun, [...doubted, retried(1, [], ['pay'])]);
    expect(run.instances.get('pay')).toMatchObject({
      ...{ status: 'in_doubt', attempt: 1, idempotencyKey: 'key-pay' },
    });
    expect(plan(run)).toEqual([]);
    given([...doubted, retried(1, [], ['pay'])])
      .when({
        type: 'ResolveNode',
        data: { nodeId: 'pay', resolution: { action: 'retry' }, now },
      })
      .then([
        {
          type: 'NodeRetryScheduled',
          data: { ...place('pay'), attempt: 2, generation: 1, dueAt: now },
        },
      ]);
  });

  it('begins a node anew that a person had called failed', () =>
    given([
      started([node('pay')]),
      begun('pay', { effect: 'unsafe' }),
      ...[inDoubt('pay'), ...failed('pay', 1, 'node.failed_by_person')],
    ])
      .when(retry)
      .then([retried(1, [{ id: 'pay', attempt: 2, generation: 1 }])]));

  it('sets timers again for the time that they were set to', () => {
    const busy: ExecutionEvent = {
      type: 'NodeRetryScheduled',
      data: { ...place('busy'), attempt: 2, generation: 0, dueAt: later },
    };
    const wait: ExecutionEvent = {
      type: 'TimerSet',
      data: { ...place('wait'), timerId: 'delay:wait', dueAt: later },
    };
    const facts = [
      started([node('wait', { kind: 'delay@1' }), node('busy'), node('a')]),
      ...[begun('busy'), busy, wait, begun('a'), ...failed('a')],
      retried(1, [{ id: 'a', attempt: 2, generation: 1 }]),
    ];
    given(facts).when(settle).then([busy, wait]);
    given([...facts, busy, wait])
      .when(settle)
      .thenNothing();
    const before = fold(initialRun, facts.slice(0, 4));
    const after = fold(initialRun, [...facts, busy, wait]);
    for (const id of ['wait', 'busy'])
      expect({ ...after.instances.get(id), at: 0 }).toEqual({ ...before.instances.get(id), at: 0 });
  });

  it('is refused while the run has not failed', () => {
    for (const facts of [
      chain,
      [
        ...chain,
        begun('b'),
        done('b'),
        { type: 'WorkflowCompleted', data: { output: 1 } } as const,
      ],
      [...chain, { type: 'WorkflowCancelled', data: { reason: null } } as const],
      once,
      [],
    ])
      given(facts)
        .when(retry)
        .thenRefused(
          'execution.not_retryable',
          'Execution cannot be retried (not failed or max retries reached)',
        );
  });

  it('is refused beyond the run’s max_retries, and always at 0', () => {
    const never = started([node('a')], [], { maxRetries: 0 });
    given([never, ...failed('a')])
      .when(retry)
      .thenRefused('execution.not_retryable');
    const single = started([node('a')], [], { maxRetries: 1 });
    const again = retried(1, [{ id: 'a', attempt: 2, generation: 1 }]);
    given([single, ...failed('a')])
      .when(retry)
      .then([again]);
    given([single, ...failed('a'), again, ...failed('a', 2)])
      .when(retry)
      .thenRefused('execution.not_retryable');
  });

  it('is refused once the run was forgotten', () => {
    const erased: ExecutionEvent = { type: 'DataErased', data: { executionId: 'e1', keyId: 'k1' } };
    given([started([node('a')]), ...failed('a'), erased])
      .when(retry)
      .thenRefused('execution.erased');
  });

  it('goes on once by one order for many runs, though it has failed again', () => {
    const order = (redriveId: string): ExecutionCommand => ({
      type: 'RetryWorkflow',
      data: { now, redriveId },
    });
    const failedOnce = [...chain, begun('b'), ...failed('b')];
    const first = decider.decide(order('r1'), fold(initialRun, failedOnce));
    expect(first).toMatchObject([{ type: 'WorkflowRetried', data: { redriveId: 'r1' } }]);
    const again = [...failedOnce, ...first];
    given(again).when(order('r1')).thenNothing();
    const failedTwice = [...again, begun('b', { attempt: 2 }), ...failed('b', 2)];
    given(failedTwice).when(order('r1')).thenNothing();
    expect(decider.decide(order('r2'), fold(initialRun, failedTwice))).toMatchObject([
      { data: { retry: 2, redriveId: 'r2' } },
    ]);
  });

  it('is over when its data key was deleted at the same time', () => {
    const forget: ExecutionCommand = { type: 'RecordErasure', data: {} };
    const erased = { executionId: 'e1', keyId: 'k1', cancelled: true as const };
    given(once)
      .when(forget)
      .then([{ type: 'DataErased', data: erased }]);
    const run = fold(initialRun, [...once, { type: 'DataErased', data: erased }]);
    expect(run).toMatchObject({ status: 'cancelled', erased: true });
    expect(plan(run)).toEqual([]);
    const at = { nodeId: 'b', instanceId: 'b', attempt: 2 };
    given([...once, begun('b', { attempt: 2 })])
      .when(forget)
      .then([
        { type: 'DataErased', data: erased },
        { type: 'NodeCancelled', data: { ...at, outcome: 'unknown' } },
      ]);
    given(chain).when(forget).thenRefused('execution.not_ended');
  });
});

describe('a run that is to begin later', () => {
  const waiting = [
    started([node('t', { kind: 'manual-trigger@1' }), node('a')], [edge('t', 'a')], {
      scheduledAt: later,
    }),
  ];
  const fire = (at: string): ExecutionCommand => ({
    type: 'FireTimer',
    data: { timerId: 'start', now: at },
  });
  const reached: ExecutionEvent = { type: 'StartTimeReached', data: {} };

  it('waits for its time and does nothing before', () => {
    const run = fold(initialRun, waiting);
    expect(run.status).toBe('pending');
    expect(plan(run)).toEqual([{ type: 'wake', timerId: 'start', dueAt: later }]);
    for (const early of [settle, start('a'), fire(now)]) given(waiting).when(early).thenNothing();
  });

  it('begins once its time has come, once', () => {
    given(waiting)
      .when(fire(later))
      .then([
        reached,
        {
          type: 'NodeCompleted',
          data: { ...place('t'), attempt: 1, handle: 'output', output: { n: 1 } },
        },
      ]);
    given([...waiting, reached])
      .when(fire(later))
      .thenNothing();
    expect(fold(initialRun, [...waiting, reached]).status).toBe('running');
  });

  it('can be cancelled before, and then never begins', () => {
    const cancelled: ExecutionEvent = { type: 'WorkflowCancelled', data: { reason: null } };
    given(waiting)
      .when({ type: 'CancelWorkflow', data: { reason: null } })
      .then([cancelled]);
    given([...waiting, cancelled])
      .when(fire(later))
      .thenNothing();
    expect(plan(fold(initialRun, [...waiting, cancelled]))).toEqual([]);
  });
});
