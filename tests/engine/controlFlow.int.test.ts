import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ExecutionId } from '@studio/contracts';
import { evolveRun, initialRun } from '@studio/domain';

import { anEdge, aNode, digestOf, type Engine, startEngine } from '../fixtures/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
}, 120_000);
afterAll(() => engine.stop());

it.each([
  [50, { small: { total: 50 } }],
  [500, { other: { total: 500 } }],
  [5_000, { large: { total: 5_000 } }],
])('goes by the case of a switch that holds for %d', async (total, output) => {
  const cases = [
    { name: 'small', expression: 'trigger.total < 100' },
    { name: 'large', expression: 'trigger.total >= 1000' },
  ];
  const id = await engine.start(
    {
      nodes: [
        aNode('by', 'switch', { cases }),
        ...['small', 'large', 'other'].map((name) => aNode(name, 'noop')),
      ],
      connections: [
        ...[anEdge('by', 'small', 'small'), anEdge('by', 'large', 'large')],
        anEdge('by', 'other', 'default'),
      ],
    },
    { total },
  );
  expect((await engine.ended(id)).output).toEqual(output);
});

it('ends early with the output of an end node', async () => {
  const id = await engine.start(
    {
      nodes: [
        aNode('wait', 'delay', { durationMs: 3_600_000 }),
        aNode('enough', 'end', { output: { found: '{{ trigger.id }}' } }),
      ],
      connections: [],
    },
    { id: 7 },
  );
  expect(await engine.ended(id)).toMatchObject({ status: 'completed', output: { found: 7 } });
});

const inside = (parent: string) => ({ parent });

it('goes through a list, several items at a time, and collects what fails', async () => {
  const id = await engine.start(
    {
      nodes: [
        aNode('each', 'for-each', {
          ...{ items: '{{ trigger.orders }}', window: 3, onFailure: 'collect' },
        }),
        aNode('price', 'transform', { expression: 'item.price * 2 + index' }, inside('each')),
        aNode('check', 'transform', { expression: checked }, inside('each')),
        aNode('sum', 'transform', { expression: '$sum(input[$type($)="number"])' }),
      ],
      connections: [anEdge('price', 'check'), anEdge('each', 'sum')],
    },
    { orders: [{ price: 10 }, { price: 0 }, { price: 30 }] },
  );
  expect((await engine.ended(id)).output).toBe(20 + 62);
});

const checked = 'input > 5 ? nodes.price : $error("too cheap: " & $string(loops.each.item.price))';

it('goes on as long as the expression holds, each time with what was made before', async () => {
  const id = await engine.start(
    {
      nodes: [
        aNode('double', 'while', { expression: 'item.n < 100', maxIterations: 20 }),
        aNode('step', 'transform', { expression: '{"n": item.n * 2}' }, inside('double')),
        aNode('record', 'noop', {}, inside('double')),
      ],
      connections: [anEdge('step', 'record')],
    },
    { n: 3 },
  );
  expect((await engine.ended(id)).output).toEqual({ n: 192 });
});

it('refuses more iterations than can be looked through, and says what to do', async () => {
  const nodes = [
    aNode('each', 'for-each', { items: '{{ [1..100001] }}' }),
    aNode('a', 'noop', {}, inside('each')),
    aNode('caught', 'noop'),
  ];
  const id = await engine.start({ nodes, connections: [anEdge('each', 'caught', 'error')] });
  const { output } = await engine.ended(id);
  expect(output).toMatchObject({ error: { code: 'loop.too_many_iterations' } });
});

it('catches in one place what fails in nested regions, after a restart in the middle', async () => {
  const id = await engine.start(
    {
      nodes: [
        aNode('try', 'try'),
        aNode('each', 'for-each', { items: [1, 2, 3], window: 2 }, inside('try')),
        aNode('wait', 'delay', { durationMs: 400 }, inside('each')),
        aNode(
          'odd',
          'transform',
          { expression: 'item < 3 ? item : $error("no 3")' },
          inside('each'),
        ),
        aNode('caught', 'transform', { expression: 'input.error.instance' }),
      ],
      connections: [anEdge('wait', 'odd'), anEdge('try', 'caught', 'error')],
    },
    { n: 3 },
  );
  await engine.until(id, (run) => run.instances.has('wait[0][1]'));
  await engine.restart();
  expect((await engine.ended(id)).output).toBe('odd[0][2]');
});

it('had, at every fact, the very state that a replay of the log has', async () => {
  for (const id of new Set([...engine.digests.keys()].map((key) => key.split(' ')[0] ?? ''))) {
    let replayed = initialRun;
    for (const fact of await engine.facts(id as ExecutionId)) {
      replayed = evolveRun(replayed, fact); // an id from the engine's own record
      const live = engine.digests.get(`${id} ${replayed.revision}`);
      if (live !== undefined) expect(digestOf(replayed)).toBe(live);
    }
  }
  expect(engine.errors).toEqual([]);
});
