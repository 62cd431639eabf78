import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

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
