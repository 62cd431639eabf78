import { DomainError } from '@studio/contracts';
import { mostDepth } from '@studio/domain';

/** Error: `run.too_deep`, for a run to which too many others led, one by another. */
export const refuseDepth = (depth: number): void => {
  if (depth > mostDepth)
    throw new DomainError(
      'run.too_deep',
      `Runs lead to runs at most ${mostDepth} times, one by another: does a workflow start itself?`,
    );
};
