import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

/** Recorded like an effect though it has none: tests and the bench measure the engine by it. */
export const noop = nodeKind({
  kind: 'noop',
  major: 1,
  type: 'action',
  title: 'No operation',
  description: 'Does nothing and passes on its input; recorded like an effect.',
  config: z.object({}),
  effect: 'idempotent',
  outputs: ['output'],
  run: async ({ input }) => ({ output: input }),
});
