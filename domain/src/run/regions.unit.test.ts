import { describe, expect, it } from '@jest/globals';
import type { ExecutionCommand, RegionSettings } from '@studio/contracts';

import {
  after,
  anEdge,
  aNode,
  aStart,
  begun,
  done,
  failed,
  settle,
  then,
  type Told,
  typesOf,
} from '../testing/runs.ts';
import { decide, fold, inputOf, iterationsAround, plan, type Run, visibleFrom } from './index.ts';

const once: RegionSettings = {
  ...{ items: null, maxIterations: 1, window: 1, maxFailures: 0, onBound: 'fail' },
};
const enter = (instanceId: string, settings: Partial<RegionSettings> = {}): ExecutionCommand => ({
  type: 'StartRegion',
  data: { instanceId, ...once, ...settings },
});
const over = (
  instanceId: string,
  items: readonly unknown[],
  more: Partial<RegionSettings> = {},
): ExecutionCommand => enter(instanceId, { items, maxIterations: items.length, ...more });
const goOn = (instanceId: string, index: number, holds = true): ExecutionCommand => ({
  type: 'ContinueLoop',
  data: { instanceId, index, goOn: holds },
});
const retry: ExecutionCommand = {
  type: 'RetryWorkflow',
  data: { now: '2026-01-01T00:00:00.000Z' },
};
const perform = (instanceId: string, output: unknown) => [
  begun(instanceId),
  done(instanceId, output),
];
const plannedIn = ({ run }: Told): string[] =>
  plan(run).map((effect) => {
    if (effect.type === 'ask') return effect.type;
    return effect.type === 'wake' ? effect.timerId : `${effect.type} ${effect.instanceId}`;
  });
const inside = (parent: string) => ({ parent });

/** each → (a → b), then after. */
const eachOfAB = aStart(
  [
    ...[aNode('each', 'for-each@1'), aNode('a', 'noop@1', inside('each'))],
    ...[aNode('b', 'noop@1', inside('each')), aNode('next')],
  ],
  [anEdge('a', 'b'), anEdge('each', 'next')],
);

describe('a for-each', () => {
  it('runs its body for each item, and makes the list of what they made', () => {
    const told = after(
      ...[eachOfAB, over('each', ['x', 'y'])],
      ...[...perform('a[0]', 1), ...perform('b[0]', 'X'), ...perform('a[1]', 2)],
      ...perform('b[1]', 'Y'),
    );
    expect(typesOf(told.log)).toEqual([
      ...['WorkflowStarted', 'RegionStarted', 'IterationStarted'],
      ...['NodeStarted', 'NodeCompleted', 'NodeStarted', 'NodeCompleted', 'IterationCompleted'],
      'IterationStarted',
      ...['NodeStarted', 'NodeCompleted', 'NodeStarted', 'NodeCompleted', 'IterationCompleted'],
      'NodeCompleted',
    ]);
    expect(inputOf(told.run, 'next')).toEqual(['X', 'Y']);
    expect(plannedIn(told)).toEqual(['begin next']);
  });

  it('gives each iteration its item, and keeps of a finished one only what it made', () => {
    const told = after(eachOfAB, over('each', ['x', 'y']), ...perform('a[0]', 1));
    expect(inputOf(told.run, 'a[0]')).toBe('x');
    expect(inputOf(told.run, 'b[0]')).toBe(1);
    const later = then(told, ...perform('b[0]', 2));
    expect([...later.run.instances.keys()]).toEqual(['each']);
    expect(inputOf(later.run, 'a[1]')).toBe('y');
  });

  it('has as many iterations under way as its window says', () => {
    const told = after(eachOfAB, over('each', [1, 2, 3], { window: 2 }));
    expect(plannedIn(told)).toEqual(['begin a[0]', 'begin a[1]']);
    const ahead = then(told, ...perform('a[1]', 0), ...perform('b[1]', 'second'));
    expect(plannedIn(ahead)).toEqual(['begin a[0]', 'begin a[2]']);
  });

  it('keeps the order of its items, whichever iteration ends first', () => {
    const one = aStart([aNode('each', 'for-each@1'), aNode('a', 'noop@1', inside('each'))]);
    const { run } = after(
      ...[one, over('each', [1, 2, 3], { window: 3 })],
      ...[...perform('a[2]', 'c'), ...perform('a[0]', 'a'), ...perform('a[1]', 'b')],
    );
    expect(run).toMatchObject({ status: 'completed', output: ['a', 'b', 'c'] });
  });

  it('makes an empty list of an empty list', () => {
    const told = after(eachOfAB, over('each', []));
    expect(inputOf(told.run, 'next')).toEqual([]);
  });

  it('skips through a branch of its body that is not taken', () => {
    const { run } = after(
      aStart(
        [
          ...[aNode('each', 'for-each@1'), aNode('if', 'condition@1', inside('each'))],
          ...[aNode('yes', 'noop@1', inside('each')), aNode('no', 'noop@1', inside('each'))],
          aNode('join', 'merge@1', inside('each')),
        ],
        [
          ...[anEdge('if', 'yes', 'true'), anEdge('if', 'no', 'false')],
          ...[anEdge('yes', 'join'), anEdge('no', 'join')],
        ],
      ),
      over('each', [1]),
      { type: 'CompletePureNode', data: { instanceId: 'if[0]', handle: 'true', output: 1 } },
      ...perform('yes[0]', 'Y'),
    );
    expect(run).toMatchObject({ status: 'completed', output: [{ yes: 'Y' }] });
  });
});

describe('a failure inside of a for-each', () => {
  const broken = after(
    ...[eachOfAB, over('each', ['x', 'y'], { window: 2 })],
    ...[begun('a[0]'), begun('a[1]'), failed('a[0]')],
  );

  it('has nothing new begin, and lets what is running end', () => {
    expect(plannedIn(broken)).toEqual(['perform a[1]']);
    const ended = then(broken, done('a[1]', 1));
    expect(typesOf(ended.log).slice(-2)).toEqual(['NodeFailed', 'WorkflowFailed']);
    expect(ended.run.failure).toMatchObject({ instanceId: 'each', error: { instanceId: 'a[0]' } });
  });

  it('goes on with what had failed when a person retries the run, and keeps what succeeded', () => {
    const again = then(broken, done('a[1]', 1), retry);
    expect(again.log.at(-1)?.data).toMatchObject({
      reopened: [{ instanceId: 'a[0]', attempt: 2, generation: 1 }],
      continued: [{ instanceId: 'each', attempt: 2 }],
    });
    expect(plannedIn(again)).toEqual(['begin a[0]', 'begin b[1]']);
    const { run } = then(
      again,
      ...[begun('a[0]'), done('a[0]', 1, 2)],
      ...[...perform('b[0]', 'X'), ...perform('b[1]', 'Y'), ...perform('next', 'done')],
    );
    expect(run).toMatchObject({ status: 'completed', output: 'done' });
  });

  it('is collected where it may be, and the others go on', () => {
    const { run, log } = after(
      ...[eachOfAB, over('each', ['x', 'y'], { maxFailures: null })],
      ...[begun('a[0]'), failed('a[0]'), ...perform('a[1]', 1), ...perform('b[1]', 'Y')],
    );
    expect(typesOf(log)).toContain('IterationFailed');
    expect(inputOf(run, 'next')).toEqual([
      { error: { code: 'x', message: 'a[0] broke', instance: 'a[0]' } },
      'Y',
    ]);
  });

  it('is borne up to the threshold', () => {
    const told = after(
      ...[eachOfAB, over('each', [1, 2, 3], { maxFailures: 1 })],
      ...[begun('a[0]'), failed('a[0]')],
    );
    expect(told.run.status).toBe('running');
    expect(then(told, begun('a[1]'), failed('a[1]')).run.status).toBe('failed');
  });

  it('waits for a person where an effect inside is in doubt', () => {
    const told = after(
      ...[eachOfAB, over('each', ['x', 'y'], { window: 2 })],
      ...[begun('a[0]'), begun('a[1]', 'unsafe'), failed('a[0]')],
      {
        type: 'RecoverNode',
        data: { instanceId: 'a[1]', epoch: 2, now: '2026-01-01T00:00:00.000Z' },
      },
    );
    expect(told.run.status).toBe('running');
    const settled = then(told, {
      type: 'ResolveNode',
      data: {
        nodeId: 'a[1]',
        resolution: { action: 'outcome', output: 1 },
        now: '2026-01-01T00:00:00.000Z',
      },
    });
    expect(settled.run.status).toBe('failed');
  });

  it('calls off the timers that nothing waits for any more', () => {
    const { log } = after(
      aStart(
        [
          ...[aNode('each', 'for-each@1'), aNode('a', 'noop@1', inside('each'))],
          ...[aNode('wait', 'delay@1', inside('each')), aNode('rescue')],
        ],
        [anEdge('each', 'rescue', 'error')],
      ),
      over('each', [1]),
      { type: 'SetTimer', data: { instanceId: 'wait[0]', dueAt: '2027-01-01T00:00:00.000Z' } },
      ...[begun('a[0]'), failed('a[0]')],
    );
    expect(typesOf(log).slice(-3)).toEqual(['NodeFailed', 'TimerCancelled', 'NodeFailed']);
  });
});

describe('a while', () => {
  const counting = aStart(
    [...[aNode('start'), aNode('loop', 'while@1')], aNode('step', 'noop@1', inside('loop'))],
    [anEdge('start', 'loop')],
  );
  const entered = [counting, ...perform('start', 0), enter('loop', { maxIterations: 2 })];

  it('asks before each iteration, which works on what the one before it made', () => {
    const told = after(...entered);
    expect(plannedIn(told)).toEqual(['iterate loop']);
    const first = then(told, goOn('loop', 0));
    expect(inputOf(first.run, 'step[0]')).toBe(0);
    const second = then(first, ...perform('step[0]', 1), goOn('loop', 1));
    expect(inputOf(second.run, 'step[1]')).toBe(1);
    const ended = then(second, ...perform('step[1]', 2), goOn('loop', 2, false));
    expect(ended.run).toMatchObject({ status: 'completed', output: 2 });
  });

  it('passes on its input when its expression never holds', () =>
    expect(after(...entered, goOn('loop', 0, false)).run).toMatchObject({ output: 0 }));

  it('takes each answer once', () => {
    const told = after(...entered, goOn('loop', 0));
    expect(decide(goOn('loop', 0), told.run)).toEqual([]);
    expect(decide(goOn('loop', 1), told.run)).toEqual([]);
  });

  it.each([
    ['fail' as const, 'failed'],
    ['complete' as const, 'completed'],
  ])('at its bound will %s', (onBound, status) => {
    const { run } = after(
      ...[counting, ...perform('start', 0), enter('loop', { maxIterations: 1, onBound })],
      ...[goOn('loop', 0), ...perform('step[0]', 1), goOn('loop', 1)],
    );
    expect(run.status).toBe(status);
  });
});

describe('a try', () => {
  const caught = aStart(
    [
      ...[aNode('try', 'try@1'), aNode('a', 'noop@1', inside('try')), aNode('ok')],
      ...[aNode('b', 'noop@1', inside('try')), aNode('rescue')],
    ],
    [anEdge('a', 'b'), anEdge('try', 'ok'), anEdge('try', 'rescue', 'error')],
  );

  it('passes its input in, and out what its body made', () => {
    const told = after(caught, enter('try'));
    expect(inputOf(told.run, 'a[0]')).toEqual({ n: 1 });
    const ended = then(told, ...perform('a[0]', 1), ...perform('b[0]', 2), ...perform('ok', 3));
    expect(inputOf(ended.run, 'ok')).toBe(2);
    expect(ended.run).toMatchObject({ status: 'completed', output: { ok: 3 } });
  });

  it('goes on by its error output with what failed inside', () => {
    const told = after(caught, enter('try'), ...perform('a[0]', 1), begun('b[0]'), failed('b[0]'));
    expect(inputOf(told.run, 'rescue')).toEqual({
      error: { code: 'x', message: 'b[0] broke', instance: 'b[0]' },
    });
    expect([...told.run.instances.keys()]).toEqual(['try', 'ok']);
    expect(then(told, ...perform('rescue', 'saved')).run).toMatchObject({
      ...{ status: 'completed', output: { rescue: 'saved' } },
    });
  });
});

describe('regions within regions', () => {
  const nested = aStart(
    [
      ...[aNode('outer', 'for-each@1'), aNode('inner', 'for-each@1', inside('outer'))],
      ...[aNode('x', 'noop@1', inside('inner')), aNode('y', 'noop@1', inside('outer'))],
    ],
    [anEdge('inner', 'y')],
  );
  const begunIn = [
    ...[nested, over('outer', ['p', 'q'], { window: 2 })],
    ...[over('inner[0]', [1, 2]), over('inner[1]', [3])],
  ];

  it('carry the indices of all iterations around, the outermost first', () => {
    const told = after(...begunIn);
    expect(plannedIn(told)).toEqual(['begin x[0][0]', 'begin x[1][0]']);
    expect(iterationsAround(told.run, 'x[1][0]')).toEqual([
      { regionId: 'inner', index: 0, item: 3 },
      { regionId: 'outer', index: 1, item: 'q' },
    ]);
  });

  it('see the instances of their own iteration and of outer ones', () => {
    const { run } = after(...begunIn, begun('x[0][0]'));
    const seen = (id: string) => [...visibleFrom(run, id)].map(([node]) => node);
    expect(seen('x[0][0]')).toEqual(['x', 'inner', 'outer']);
    expect(seen('y[1]')).toEqual(['inner', 'outer']);
  });

  it('come to their end from the innermost outwards', () => {
    const { run } = after(
      ...begunIn,
      ...[...perform('x[0][0]', 1), ...perform('x[0][1]', 2), ...perform('y[0]', 'P')],
      ...[...perform('x[1][0]', 3), ...perform('y[1]', 'Q')],
    );
    expect(run).toMatchObject({ status: 'completed', output: ['P', 'Q'] });
  });

  it('fail outwards, and are gone through again from where they failed', () => {
    const told = after(...begunIn, begun('x[0][0]'), failed('x[0][0]'));
    expect(told.run.status).toBe('failed');
    const again = then(told, retry);
    expect(plannedIn(again)).toEqual(['begin x[0][0]', 'begin x[1][0]']);
  });

  it('come to their end after a retry when their bodies did while what is around them failed', () => {
    const failing = after(
      ...[nested, over('outer', ['p', 'q'], { window: 2 }), over('inner[0]', [1])],
      ...[begun('x[0][0]'), over('inner[1]', []), begun('y[1]'), failed('y[1]')],
      done('x[0][0]', 'late'),
    );
    expect(failing.run.status).toBe('failed');
    const again = then(failing, retry, settle);
    expect(inputOf(again.run, 'y[0]')).toEqual(['late']);
    expect(plannedIn(again)).toEqual(['begin y[0]', 'begin y[1]']);
  });
});

const refolded = ({ log }: Told): Run => fold(after().run, log);

it('goes on where a record broke off, after each fact', () => {
  const told = after(
    ...[eachOfAB, over('each', ['x', 'y'])],
    ...[...perform('a[0]', 1), ...perform('b[0]', 'X'), ...perform('a[1]', 2)],
    ...[...perform('b[1]', 'Y'), ...perform('next', 'end')],
  );
  expect(refolded(told)).toEqual(told.run);
  for (let length = 1; length < told.log.length; length += 1) {
    const brokenOff = { run: fold(after().run, told.log.slice(0, length)), log: [] };
    const settled = then(brokenOff, settle);
    // Nothing is stuck: the run has an end, or there is something to do.
    expect(settled.run.status === 'completed' || plan(settled.run).length > 0).toBe(true);
  }
});

it('tells an answer for an iteration that is over from one that came too late', () => {
  const told = after(
    eachOfAB,
    over('each', ['x', 'y']),
    ...perform('a[0]', 1),
    ...perform('b[0]', 2),
  );
  expect(decide(done('b[0]', 2), told.run)).toEqual([]);
});
