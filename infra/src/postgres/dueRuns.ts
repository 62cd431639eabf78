import type { ExecutionId, WorkspaceId } from '@studio/contracts';
import type { Pool } from 'pg';

export interface DueRun {
  readonly executionId: ExecutionId;
  readonly workspaceId: WorkspaceId;
}

/**
 * Ended runs that their workspaces keep no longer, as the read models know it, by id; those behind `after`, a page at
 * most. It decides nothing: the streams do.
 */
export type DueRuns = (asked: {
  readonly now: string;
  readonly after: string;
  readonly limit: number;
}) => Promise<readonly DueRun[]>;

const dueRuns = `
  select run.id as "executionId", run.workspace_id as "workspaceId"
    from read.executions run join read.run_retention kept using (workspace_id)
   where not run.erased and run.id > $2
     and run.status in ('completed', 'failed', 'cancelled')
     and run.completed_at <= $1::timestamptz - make_interval(days => kept.run_days)
   order by run.id limit $3`;

export const createDueRuns =
  (pool: Pool): DueRuns =>
  async ({ now, after, limit }) => {
    const { rows } = await pool.query<DueRun>(dueRuns, [now, after, limit]);
    return rows;
  };
