import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

/** The planner completes it at once: its output is the run's trigger. */
export const manualTrigger = nodeKind({
  kind: 'manual-trigger',
  major: 1,
  type: 'trigger',
  title: 'Manual',
  description: 'Starts the workflow by hand; passes on the data it was started with.',
  config: z.object({}),
  effect: 'none',
  outputs: ['output'],
});
