import { DomainError, nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { Expression } from './expression.ts';
import { isTruthy } from './truthiness.ts';

const nameOf = (value: unknown): string =>
  value === null || value === undefined ? 'nothing' : `a value of type ${typeof value}`;

/** `item` and `index` are in scope beside the usual names. */
export const filter = nodeKind({
  kind: 'filter',
  major: 1,
  type: 'logic',
  title: 'Filter',
  description: 'Keeps the items of a list for which the expression holds.',
  config: z.object({ expression: Expression }),
  effect: 'pure',
  outputs: ['output'],
  run: async (context) => {
    const { config, input, signal } = context;
    if (!Array.isArray(input))
      throw new DomainError(
        'expression.failed',
        `filter needs a list as its input, and was given ${nameOf(input)}`,
      );
    const items: readonly unknown[] = input;
    const kept: unknown[] = [];
    for (const [index, item] of items.entries()) {
      signal.throwIfAborted();
      if (isTruthy(await context.evaluate(config.expression, { item, index }))) kept.push(item);
    }
    return { output: kept };
  },
});
