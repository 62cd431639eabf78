import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

/** The planner's: it decides when enough inputs have arrived, and what they are. */
export const merge = nodeKind({
  kind: 'merge',
  major: 1,
  type: 'logic',
  title: 'Merge',
  description: 'Joins branches: waits for all live ones, for any, or for the first few.',
  config: z.object({
    mode: z.enum(['all', 'any', 'first']).default('all'),
    count: z.number().int().min(1).max(1_000).default(1).describe('How many, when mode is "first"'),
  }),
  effect: 'pure',
  outputs: ['output'],
});
