import { skippedFor } from '@studio/domain';

import type { Started } from './startRun.ts';

/** Nothing was started: an open run stands for it. */
export interface SkippedStart {
  readonly skippedFor: string;
}

/** A start, or the open run for which it was skipped, as the workflow's limits say. */
export const unlessSkipped = async (start: Promise<Started>): Promise<Started | SkippedStart> => {
  try {
    return await start;
  } catch (error) {
    const open = skippedFor(error);
    if (open === null) throw error;
    return { skippedFor: open };
  }
};

export const isSkipped = (start: Started | SkippedStart): start is SkippedStart =>
  'skippedFor' in start;
