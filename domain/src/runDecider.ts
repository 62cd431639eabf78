import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import type { Decider } from './decider.ts';
import { decide, evolve, fold, initialRun, type Run } from './run/index.ts';

/** A run as an aggregate like any other. */
export const run: Decider<Run, ExecutionCommand, ExecutionEvent> = {
  ...{ decide, evolve, fold },
  initialState: () => initialRun,
};
