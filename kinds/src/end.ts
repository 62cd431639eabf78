import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

/** The planner ends the run by it: nothing new begins once it is reached. */
export const end = nodeKind({
  kind: 'end',
  major: 1,
  type: 'logic',
  title: 'End',
  description: 'Ends the run early; its output is the output of the run.',
  config: z.object({
    output: z.unknown().optional().describe('What the run ends with; without it, the input'),
  }),
  effect: 'pure',
  outputs: [],
  run: async ({ config, input }) => ({
    output: config.output === undefined ? input : config.output,
  }),
});
