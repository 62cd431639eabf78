import { expect, it } from '@jest/globals';

import { switchByCase } from './switch.ts';
import { contextOf } from './testing/index.ts';

const cases = [
  { name: 'small', expression: 'a' },
  { name: 'large', expression: 'b' },
];

it.each([
  [['a', 'b'], 'small'],
  [['b'], 'large'],
  [[], 'default'],
])('goes on by the first case that holds: of %j by %s', async (holding, handle) => {
  const { context } = contextOf({
    config: { cases },
    input: 7,
    evaluate: (expression) => holding.includes(expression),
  });
  expect(await switchByCase.run?.(context)).toEqual({ output: 7, handle });
});

it('asks no case after the one that holds', async () => {
  const { context, asked } = contextOf({ config: { cases }, evaluate: () => true });
  await switchByCase.run?.(context);
  expect(asked.expressions.map(({ expression }) => expression)).toEqual(['a']);
});

it.each([
  [[]],
  [[{ name: 'default', expression: 'a' }]],
  [[{ name: 'error', expression: 'a' }]],
  [[{ name: 'a', expression: 'a' }, { name: 'a', expression: 'b' }]], // prettier-ignore
  [[{ name: 'a', expression: ' ' }]],
])('refuses the cases %j', (wrong) =>
  expect(switchByCase.config.safeParse({ cases: wrong }).success).toBe(false),
);
