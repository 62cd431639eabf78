import type { ExecutionId, HaltOrder, Halts } from '@studio/contracts';
import type { Pool } from 'pg';

interface Row {
  readonly execution_id: ExecutionId;
  readonly runs: HaltOrder['runs'];
  readonly reason: string | null;
}

/** Of two switches the one that cancels counts. A run that a person paused stands still already. */
const toHalt = `
  select distinct on (runs.execution_id) runs.execution_id, halts.runs, halts.reason
    from engine.halts as halts
    join engine.runs as runs on halts.scope_id in (runs.workflow_id, runs.workspace_id)
   where runs.shard = any($1) and (halts.runs = 'cancel' or runs.paused_by is null)
   order by runs.execution_id, halts.runs limit $2`;
const toRelease = `
  select execution_id, 'release' as runs, null as reason from engine.runs
   where paused_by = 'halt' and shard = any($1)
     and not exists (select from engine.halts where scope_id in (workflow_id, workspace_id))
   limit $2`;

/** The part of the engine's index that knows of kill switches. */
export const createHalts = (pool: Pool): Halts => ({
  haltOrders: async (shards, limit) => {
    const halted = await pool.query<Row>(toHalt, [shards, limit]);
    const released = await pool.query<Row>(toRelease, [shards, limit]);
    return [...halted.rows, ...released.rows].map(({ execution_id, runs, reason }) => ({
      ...{ executionId: execution_id, runs, reason },
    }));
  },
});
