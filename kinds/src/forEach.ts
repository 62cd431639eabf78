import { DomainError, nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { mostIterations, tooMany } from './iterations.ts';

const ForEachConfig = z.object({
  items: z.unknown().optional().describe('The list to go through; without it, the input'),
  window: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('How many iterations are under way at the same time'),
  onFailure: z
    .enum(['failFast', 'collect', 'threshold'])
    .default('failFast')
    .describe('What a failed iteration means for the others'),
  maxFailures: z
    .number()
    .int()
    .min(0)
    .max(mostIterations)
    .default(0)
    .describe('How many iterations may fail, when onFailure is "threshold"'),
});
type ForEachConfig = z.infer<typeof ForEachConfig>;

const mayFail = ({ onFailure, maxFailures }: ForEachConfig): number | null => {
  if (onFailure === 'collect') return null;
  return onFailure === 'threshold' ? maxFailures : 0;
};

const listIn = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value))
    throw new DomainError('loop.not_a_list', 'for-each needs a list to go through');
  if (value.length > mostIterations)
    throw new DomainError(
      'loop.too_many_iterations',
      tooMany(`the list has ${value.length.toLocaleString('en-US')} items`),
    );
  return value as readonly unknown[];
};

/** A region: its body runs once for each item of a list. */
export const forEach = nodeKind({
  kind: 'for-each',
  major: 1,
  type: 'logic',
  title: 'For each',
  description: 'Runs its body once for each item; its output is the list of what they made.',
  config: ForEachConfig,
  effect: 'none',
  outputs: ['output'],
  region: (config, input) => {
    const items = listIn(config.items === undefined ? input : config.items);
    const { window } = config;
    const maxFailures = mayFail(config);
    return { items, maxIterations: items.length, window, maxFailures, onBound: 'fail' };
  },
});
