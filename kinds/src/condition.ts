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
  config: z.object({ expression: Expression }),
  effect: 'pure',
  outputs: ['true', 'false'],
  run: async (context) => {
    const holds = isTruthy(await context.evaluate(context.config.expression));
    return { output: context.input, handle: holds ? 'true' : 'false' };
  },
});
