import type { DueSchedules, ExecutionId } from '@studio/contracts';
import type { Pool } from 'pg';

interface Row {
  readonly schedule_id: string;
  readonly workflow_id: string;
  readonly node_id: string;
  readonly due_at: Date;
}

const due = `
  select schedule_id, workflow_id, node_id, due_at from engine.schedules
   where shard = any($1) and due_at <= clock_timestamp()
     and not exists (select from engine.halts where scope_id in (workflow_id, workspace_id))
   order by due_at limit $2`;
const next = `
  select clock_timestamp() as now,
         (select extract(epoch from min(due_at) - clock_timestamp()) * 1000 from engine.schedules
           where shard = any($1) and due_at > clock_timestamp())::float8 as next_in_ms`;

/** The part of the engine's index that knows of schedules. */
export const createDueSchedules = (pool: Pool): DueSchedules => ({
  dueSchedules: async (shards, limit) => {
    const found = await pool.query<Row>(due, [shards, limit]);
    const later = await pool.query<{ now: Date; next_in_ms: number | null }>(next, [shards]);
    return {
      schedules: found.rows.map((row) => ({
        ...{ scheduleId: row.schedule_id, workflowId: row.workflow_id, nodeId: row.node_id },
        dueAt: row.due_at.toISOString(),
      })),
      now: (later.rows[0]?.now ?? new Date(0)).toISOString(), // the query always yields one row
      nextInMs: later.rows[0]?.next_in_ms ?? null,
    };
  },
  openRunsOf: async (scheduleId) => {
    const { rows } = await pool.query<{ execution_id: ExecutionId }>(
      'select execution_id from engine.runs where schedule_id = $1',
      [scheduleId],
    );
    return rows.map((row) => row.execution_id);
  },
});
