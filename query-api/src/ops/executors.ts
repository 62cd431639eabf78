import type { ExecutorsView } from '@studio/contracts';
import { executorRows } from '@studio/infra';

import type { QueryApiDeps } from '../deps.ts';

/** As long as another executor waits before it takes the shards over. */
const silentAfterMs = 5_000;

/** Who brings runs forward, and what each has in hand. */
export const executorsView = async ({
  pool,
}: Pick<QueryApiDeps, 'pool'>): Promise<ExecutorsView> => {
  const rows = await executorRows(pool);
  return {
    items: rows.map((row) => ({
      ...{ owner: row.owner, role: row.role, shards: [...row.shards] },
      state: row.silentMs > silentAfterMs ? 'silent' : 'beating',
      ...{ started_at: row.startedAt, last_beat_at: row.reportedAt, silent_ms: row.silentMs },
      ...{ live_runs: row.liveRuns, effects_in_flight: row.effectsInFlight },
      stuck_runs: [...row.stuckRuns],
    })),
  };
};
