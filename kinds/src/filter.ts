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
  config: z.object({ expression: Expression.optional() }),
  effect: 'pure',
  outputs: ['output'],
  run: async (context) => {
    const { input, signal } = context;
    const { expression } = context.config;
    // The canvas has no form for it yet: what nobody has set lets everything pass.
    if (expression === undefined) return { output: input };
    if (!Array.isArray(input))
      throw new DomainError(
        'expression.failed',
        `filter needs a list as its input, and was given ${nameOf(input)}`,
      );
    const items: readonly unknown[] = input;
    const kept: unknown[] = [];
    for (const [index, item] of items.entries()) {
      signal.throwIfAborted();
      if (isTruthy(await context.evaluate(expression, { item, index }))) kept.push(item);
    }
    return { output: kept };
  },
});
