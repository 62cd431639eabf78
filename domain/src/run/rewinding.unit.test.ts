import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import {
  anEdge,
  aNode,
  aStart,
  begun,
  done,
  failed,
  pure,
  settle,
  then,
  type Told,
  typesOf,
} from '../testing/runs.ts';
import { decide, fold, initialRun, plan } from './index.ts';

const now = '2026-01-01T00:00:00.000Z';
const back = (nodeId: string, reason: string | null = null): ExecutionCommand => ({
  type: 'RewindWorkflow',
  data: { nodeId, reason, now },
});
const nodes = ['a', 'b', 'c'].map((id) => aNode(id));
/** a → b → c, and d beside them. */
const start = aStart([...nodes, aNode('d')], [anEdge('a', 'b'), anEdge('b', 'c')]);
const toldOf = (...orders: ExecutionCommand[]): Told => then(null, ...orders);
const halfway = () => toldOf(start, settle, begun('a'), done('a', 1), begun('b'), done('b', 2));

type Rewound = Extract<ExecutionEvent, { type: 'WorkflowRewound' }>;
const rewoundIn = (events: readonly ExecutionEvent[]): Rewound['data'] => {
  const found = events.find(({ type }) => type === 'WorkflowRewound');
  if (found?.type !== 'WorkflowRewound') throw new Error('it was not sent back');
  return found.data;
};
const refusal = (told: Told, nodeId: string) => {
  try {
    decide(back(nodeId), told.run);
    return null;
  } catch (error) {
    return (error as { code: string }).code; // only errors with a code are thrown
  }
};

describe('a run that is sent back', () => {
  it('has the node and all that follows it happen anew, and nothing else', () => {
    const told = then(halfway(), begun('d'), back('b', 'Too short'));
    expect(rewoundIn(told.log)).toEqual({
      ...{ rewind: 1, toNode: 'b', reason: 'Too short', nodeIds: ['b'] },
      anew: [{ attempt: 2, generation: 1, nodeIds: ['b'] }],
      ...{ completed: 1, failed: 0, unfinished: [], calledOff: [], children: [], withdrawn: [] },
    });
    expect([...told.run.instances].map(([id, { status }]) => [id, status])).toEqual([
      ['a', 'completed'],
      ['d', 'running'],
    ]);
    expect(plan(told.run)).toContainEqual(
      expect.objectContaining({ type: 'begin', instanceId: 'b', generation: 1 }),
    );
  });

  it('begins under numbers that were never used, however often it goes back', () => {
    const again = then(halfway(), back('b'), begun('b'), failed('b', 2), {
      type: 'RetryWorkflow',
      data: { now },
    });
    expect(again.run.instances.get('b')).toMatchObject({
      status: 'reopened',
      attempt: 3,
      generation: 2,
    });
    const third = then(again, begun('b'), back('a'), begun('a'), done('a', 1, 2));
    expect(rewoundIn(third.log.toReversed()).anew).toEqual([
      { attempt: 2, generation: 1, nodeIds: ['a'] },
      { attempt: 4, generation: 3, nodeIds: ['b'] },
    ]);
    expect(then(third, begun('b')).log.at(-1)?.data).toMatchObject({ attempt: 4, generation: 3 });
  });

  it('passes its triggers and joins anew by itself', () => {
    const told = toldOf(
      aStart([aNode('t', 'manual-trigger@1'), aNode('a')], [anEdge('t', 'a')]),
      ...[settle, begun('a'), back('t'), settle],
    );
    expect(told.run.instances.get('t')).toMatchObject({ status: 'completed', attempt: 2 });
    expect(told.run.instances.has('a')).toBe(false);
  });

  it('calls off what is under way behind the node, whose answer is on record as late', () => {
    const told = then(halfway(), begun('c'), back('b'));
    expect(rewoundIn(told.log).calledOff).toEqual([{ nodeId: 'c', instanceId: 'c', attempt: 1 }]);
    const late = then(told, done('c', 3), done('c', 3));
    expect(typesOf(late.log).slice(told.log.length)).toEqual(['LateOutcomeRecorded']);
    expect(late.run.instances.has('c')).toBe(false);
  });

  it('takes no word of what was on record before', () => {
    const told = then(halfway(), back('a'));
    expect(then(told, done('a', 1), done('b', 2)).log).toEqual(told.log);
  });

  it('cancels the timers of what waits behind the node', () => {
    const told = toldOf(
      aStart([aNode('a'), aNode('w', 'delay@1')], [anEdge('a', 'w')]),
      ...[settle, begun('a'), done('a', 1)],
      { type: 'SetTimer', data: { instanceId: 'w', dueAt: now } },
      back('a'),
    );
    expect(typesOf(told.log).slice(-2)).toEqual(['TimerCancelled', 'WorkflowRewound']);
    expect(decide({ type: 'FireTimer', data: { timerId: 'delay:w', now } }, told.run)).toEqual([]);
  });

  it('has regions begin anew with all that is inside of them', () => {
    const inside = aNode('i', 'noop@1', { parent: 'r' });
    const region = {
      onBound: 'fail',
      window: 1,
      maxFailures: 0,
      maxIterations: 2,
      items: [7, 8],
    } as const;
    const startRegion: ExecutionCommand = {
      type: 'StartRegion',
      data: { instanceId: 'r', ...region },
    };
    const told = toldOf(
      aStart([aNode('r', 'for-each@1'), inside]),
      ...[settle, startRegion, begun('i[0]'), done('i[0]', 1), begun('i[1]')],
      back('r'),
    );
    expect(rewoundIn(told.log)).toMatchObject({
      ...{ nodeIds: ['r'], unfinished: ['i[1]'], anew: [{ attempt: 2, nodeIds: ['r', 'i'] }] },
    });
    const again = then(told, startRegion, begun('i[0]'));
    expect(again.log.at(-1)?.data).toMatchObject({ instanceId: 'i[0]', attempt: 2, generation: 1 });
    expect(refusal(again, 'i[0]')).toBe('node.not_rewindable');
  });

  it('stays paused where it was', () => {
    const paused = then(halfway(), { type: 'PauseWorkflow', data: { reason: null } }, back('a'));
    expect([paused.run.paused, plan(paused.run)]).toEqual([true, []]);
    const resumed = then(paused, { type: 'ResumeWorkflow', data: {} });
    expect(plan(resumed.run).map((effect) => 'instanceId' in effect && effect.instanceId)).toEqual([
      ...['a', 'd'],
    ]);
  });

  it('is retried by it where it has failed, as often as it may be', () => {
    const broken = then(halfway(), begun('d'), done('d', 1), begun('c'), failed('c'));
    expect(broken.run.status).toBe('failed');
    const told = then(broken, back('b'));
    expect(typesOf(told.log).slice(-2)).toEqual(['WorkflowRetried', 'WorkflowRewound']);
    expect([told.run.status, told.run.retries, told.run.failure]).toEqual(['running', 1, null]);
    expect(fold(initialRun, told.log)).toEqual(told.run);
    expect(refusal({ ...broken, run: { ...broken.run, retries: 3 } }, 'b')).toBe(
      'execution.not_retryable',
    );
  });
});

describe('a run that declares undos', () => {
  const retry = { maxRetries: 0, delaysMs: [1_000] };
  const compensation = { kind: 'noop@1', config: {}, retry, onInDoubt: 'ask' as const };
  const charge = aNode('charge', 'noop@1', { compensation });
  const charged = () =>
    toldOf(
      aStart([charge, aNode('b')], [anEdge('charge', 'b')]),
      settle,
      begun('charge'),
      done('charge', 'first'),
    );

  it('undoes what happened twice twice, the last first, each under a key of its own', () => {
    const twice = then(charged(), back('charge'), begun('charge'), done('charge', 'second', 2));
    const failing = then(twice, begun('b'), failed('b'));
    const undoOf = (told: Told) =>
      plan(told.run).map(
        (effect) => 'generation' in effect && [effect.instanceId, effect.generation],
      );
    expect(undoOf(failing)).toEqual([['undo:charge', 0]]);
    const one = then(failing, begun('undo:charge'), done('undo:charge', 1));
    expect(undoOf(one)).toEqual([['undo:charge', 1]]);
    const both = then(one, begun('undo:charge'), done('undo:charge', 1, 2));
    expect(typesOf(both.log).slice(-2)).toEqual(['CompensationEnded', 'WorkflowFailed']);
    expect(both.log.at(-2)?.data).toEqual({ undone: 2, left: [] });
  });

  it('is not sent back over an effect that may have to be undone and nobody knows', () => {
    const told = toldOf(aStart([charge]), settle, begun('charge'));
    expect(refusal(told, 'charge')).toBe('node.not_rewindable');
  });

  it('goes nowhere once it undoes what it did', () => {
    const failing = then(charged(), begun('b'), failed('b'));
    expect(refusal(failing, 'charge')).toBe('execution.not_rewindable');
  });
});

describe('sending back is refused', () => {
  it.each<[string, Told, string, string | null]>([
    ['for a run that has not begun', toldOf(), 'a', 'execution.not_rewindable'],
    ['for a node that is not there', halfway(), 'nobody', 'node.not_found'],
    ['for a node that has not begun', halfway(), 'c', 'node.not_rewindable'],
    [
      'while an effect behind it is not safe to be called off',
      then(halfway(), begun('c', 'unsafe')),
      'a',
      'node.not_rewindable',
    ],
    ['not for such an effect beside it', then(halfway(), begun('d', 'unsafe')), 'a', null],
    [
      'while one behind it is in doubt',
      then(halfway(), begun('c', 'unsafe'), {
        type: 'RecoverNode',
        data: { instanceId: 'c', epoch: 2, now },
      }),
      ...(['a', 'node.not_rewindable'] as const),
    ],
    [
      'once it was cancelled',
      then(halfway(), { type: 'CancelWorkflow', data: { reason: null } }),
      'a',
      'execution.not_rewindable',
    ],
    [
      'while it is about to fail',
      then(halfway(), begun('d'), begun('c'), failed('c')),
      'a',
      'execution.not_rewindable',
    ],
    [
      'for a branch that was not taken',
      toldOf(
        aStart(
          [aNode('a', 'condition@1'), aNode('b'), aNode('c')],
          [anEdge('a', 'b', 'true'), anEdge('a', 'c', 'false')],
        ),
        ...[settle, pure('a', 'true'), settle],
      ),
      ...(['c', 'node.not_rewindable'] as const),
    ],
  ])('%s', (_, told, nodeId, code) => {
    expect(refusal(told, nodeId)).toBe(code);
  });
});
