import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { Expression } from './expression.ts';
import { isTruthy } from './truthiness.ts';

export const condition = nodeKind({
  kind: 'condition',
  major: 1,
  type: 'logic',
  title: 'Condition',
  description: 'Goes on by "true" or "false", as the expression says; passes on its input.',
  config: z.object({ expression: Expression.optional() }),
  effect: 'pure',
  outputs: ['true', 'false'],
  run: async (context) => {
    const { expression } = context.config;
    // The canvas has no form for it yet: what nobody has set lets everything pass.
    const holds = expression === undefined || isTruthy(await context.evaluate(expression));
    return { output: context.input, handle: holds ? 'true' : 'false' };
  },
});
