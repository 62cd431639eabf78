import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { Expression } from './expression.ts';
import { MaxIterations } from './iterations.ts';

const Asked = z.object({ expression: Expression });

/** The expression that is asked before each iteration. */
export const loopExpression = (config: Readonly<Record<string, unknown>>): string =>
  Asked.parse(config).expression;

/** A region: its body runs as long as the expression holds. */
export const whileLoop = nodeKind({
  kind: 'while',
  major: 1,
  type: 'logic',
  title: 'While',
  description:
    'Runs its body as long as the expression holds; its output is what the last iteration made.',
  config: Asked.extend({
    maxIterations: MaxIterations.default(100),
    onBound: z
      .enum(['fail', 'complete'])
      .default('fail')
      .describe('What follows when the expression still holds after maxIterations'),
  }),
  effect: 'none',
  outputs: ['output'],
  region: ({ maxIterations, onBound }) => ({
    ...{ items: null, maxIterations, window: 1, maxFailures: 0, onBound },
  }),
});
