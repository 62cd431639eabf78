import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { Expression } from './expression.ts';

export const transform = nodeKind({
  kind: 'transform',
  major: 1,
  type: 'action',
  title: 'Transform',
  description: 'Makes a new value; its output is the result of the expression.',
  config: z.object({ expression: Expression }),
  effect: 'pure',
  outputs: ['output'],
  run: async (context) => ({ output: await context.evaluate(context.config.expression) }),
});
