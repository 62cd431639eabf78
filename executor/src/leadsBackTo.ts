import type { EventLog } from '@studio/contracts';

import { beginningOf, type Begun } from './endedRun.ts';

/** The run that led to this one. */
const runBefore = ({ data: { parent, firedBy } }: Begun): string | undefined =>
  parent?.executionId ?? (firedBy?.by === 'event' ? firedBy.endedExecutionId : undefined);

/** True when the run is one of this workflow, or such a run led to it; `mostDepth` looks at most. */
export const leadsBackTo = async (
  log: EventLog,
  begun: Begun,
  workflowId: string,
): Promise<boolean> => {
  for (let one = begun; ;) {
    if (one.data.workflowId === workflowId) return true;
    const before = runBefore(one);
    if (before === undefined) return false;
    one = await beginningOf(log, before);
  }
};
