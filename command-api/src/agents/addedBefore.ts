import type { AgentView, EventLog, StreamName } from '@studio/contracts';

import { type Claimed, refuseOtherRequest } from '../idempotency.ts';
import { agentView } from './agentRequests.ts';

const pageSize = 1_000;

/**
 * The agents with these ids as the first request with this key added them, whatever became of them;
 * none when there was no such request. Another request under the same key is refused.
 */
export const addedBefore = async (
  log: EventLog,
  stream: StreamName,
  claimed: Claimed,
  ids: readonly string[],
): Promise<AgentView[]> => {
  const added: AgentView[] = [];
  for (let from = 0; ; from += pageSize) {
    const page = await log.readStream(stream, { from, limit: pageSize }, 'open');
    for (const event of page) {
      if (event.type !== 'AgentAdded' || !ids.includes(event.data.agentId)) continue;
      refuseOtherRequest(event.metadata, claimed);
      const { workflowId, addedAt: changedAt, ...data } = event.data;
      added.push(agentView(workflowId, { ...data, changedAt, addedAt: changedAt, content: data }));
    }
    if (page.length < pageSize) return added;
  }
};
