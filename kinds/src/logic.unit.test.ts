import { expect, it } from '@jest/globals';

import { condition } from './condition.ts';
import { filter } from './filter.ts';
import { noop } from './noop.ts';
import { contextOf } from './testing/index.ts';
import { transform } from './transform.ts';

it.each([
  [true, 'true'],
  ['text', 'true'],
  [3, 'true'],
  [{ a: 1 }, 'true'],
  [[0, 'x'], 'true'],
  [false, 'false'],
  ['', 'false'],
  [0, 'false'],
  [{}, 'false'],
  [[], 'false'],
  [[[0]], 'false'],
  [null, 'false'],
])('condition: the result %j goes on by %s', async (result, handle) => {
  const { context } = contextOf({
    config: { expression: 'e' },
    input: { n: 1 },
    evaluate: () => result,
  });
  expect(await condition.run?.(context)).toEqual({ output: { n: 1 }, handle });
});

it('condition: holds while nobody has set its expression', async () => {
  const { context, asked } = contextOf({ config: condition.config.parse({}), input: null });
  expect(await condition.run?.(context)).toEqual({ output: null, handle: 'true' });
  expect(asked.expressions).toEqual([]);
});

it.each([[[0, 1]], [{ a: 1 }]])(
  'filter: passes on %j while nobody has set its expression',
  async (input) => {
    const { context } = contextOf({ config: filter.config.parse({}), input });
    expect(await filter.run?.(context)).toEqual({ output: input });
  },
);

it('filter: keeps the items for which the expression holds, with item and index in scope', async () => {
  const { context, asked } = contextOf({
    config: { expression: 'item.keep' },
    input: [{ keep: true }, { keep: false }, 'odd', { keep: 'yes' }],
    evaluate: (_, { item }) => (item as { keep?: unknown }).keep, // the items above
  });
  expect(await filter.run?.(context)).toEqual({ output: [{ keep: true }, { keep: 'yes' }] });
  expect(asked.expressions[1]).toEqual({
    expression: 'item.keep',
    extra: { item: { keep: false }, index: 1 },
  });
});

it.each([
  [{ a: 1 }, 'a value of type object'],
  ['text', 'a value of type string'],
  [null, 'nothing'],
  [undefined, 'nothing'],
])('filter: refuses the input %j for good', async (input, named) => {
  const { context } = contextOf({ config: { expression: 'true' }, input });
  await expect(filter.run?.(context)).rejects.toMatchObject({
    kind: 'refused',
    code: 'expression.failed',
    message: `filter needs a list as its input, and was given ${named}`,
  });
});

it('filter: stops when it is called off', async () => {
  const { context, asked } = contextOf({
    config: { expression: 'true' },
    input: [1, 2],
    signal: AbortSignal.abort(new Error('called off')),
  });
  await expect(filter.run?.(context)).rejects.toThrow('called off');
  expect(asked.expressions).toEqual([]);
});

it('transform: gives the result of its expression', async () => {
  const { context } = contextOf({
    config: { expression: 'input.n * 2' },
    evaluate: () => 42,
  });
  expect(await transform.run?.(context)).toEqual({ output: 42 });
});

it('noop: passes on its input', async () => {
  const { context } = contextOf({ config: {}, input: ['same'] });
  expect(await noop.run?.(context)).toEqual({ output: ['same'] });
});
