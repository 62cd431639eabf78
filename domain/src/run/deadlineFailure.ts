import type { Failure } from '@studio/contracts';

import type { Fact } from './run.ts';

/** Why a run failed that had not ended by its deadline. */
export const deadlineFailure = ({ dueAt }: Fact<'WorkflowDeadlineExceeded'>): Failure => ({
  code: 'run.deadline_exceeded',
  message: `The run had not ended by ${dueAt}`,
  transient: false,
});
