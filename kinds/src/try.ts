import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

/** A region: what fails inside of it leaves by its `error` output. */
export const tryBody = nodeKind({
  kind: 'try',
  major: 1,
  type: 'logic',
  title: 'Try',
  description: 'Runs its body once; a failure inside goes on by "error".',
  config: z.object({}),
  effect: 'none',
  outputs: ['output'],
  region: () => ({ items: null, maxIterations: 1, window: 1, maxFailures: 0, onBound: 'fail' }),
});
