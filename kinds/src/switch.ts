import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { Expression } from './expression.ts';
import { isTruthy } from './truthiness.ts';

/** The output of a switch when none of its cases holds. */
const otherwise = 'default';
const reserved = [otherwise, 'output', 'error'];

const Case = z.object({
  name: z
    .string()
    .min(1)
    .max(100)
    .refine((name) => !reserved.includes(name), { error: `${reserved.join(', ')} are taken` })
    .describe('The output by which the case leaves'),
  expression: Expression,
});

const Cases = z
  .array(Case)
  .min(1)
  .max(100)
  .refine((cases) => new Set(cases.map(({ name }) => name)).size === cases.length, {
    error: 'two cases share a name',
  });

/** `switch` is a word of the language, so the constant is named by what it does. */
export const switchByCase = nodeKind({
  kind: 'switch',
  major: 1,
  type: 'logic',
  title: 'Switch',
  description:
    'Goes on by the first case whose expression holds, else by "default"; passes on its input.',
  config: z.object({ cases: Cases }),
  effect: 'pure',
  outputs: [otherwise],
  run: async (context) => {
    for (const { name, expression } of context.config.cases) {
      context.signal.throwIfAborted();
      if (isTruthy(await context.evaluate(expression)))
        return { output: context.input, handle: name };
    }
    return { output: context.input, handle: otherwise };
  },
});
