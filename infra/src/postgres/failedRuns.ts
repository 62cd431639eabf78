import type { ExecutionId, WorkflowId, WorkspaceId } from '@studio/contracts';
import type { Pool } from 'pg';

import type { ProjectionPositions } from './readModelsPositions.ts';

export interface FailedRun {
  readonly executionId: ExecutionId;
  readonly workflowId: WorkflowId;
  readonly code: string;
  /** How often a person has had it go on. */
  readonly retries: number;
}

export interface FailedRunsSought {
  readonly workspaceId: WorkspaceId;
  readonly workflowId?: string | undefined;
  readonly code?: string | undefined;
  /** Failed then or later. */
  readonly from?: string | undefined;
  /** Failed before then. */
  readonly to?: string | undefined;
  /** Of names that the runs have, each of them. */
  readonly nameHashes: readonly string[];
  readonly limit: number;
}

/**
 * Failed runs that were not forgotten, as the read models know it: those that may go on first, each lot by age. The
 * failure of a child is its parent's, which begins another child when it is retried.
 * It decides nothing: the streams do.
 */
export type FindFailedRuns = (sought: FailedRunsSought) => Promise<readonly FailedRun[]>;

export interface FailedRunsParts {
  readonly pool: Pool;
  readonly positions: Pick<ProjectionPositions, 'waitFor'>;
  readonly lastPosition: () => Promise<bigint>;
}

const patienceMs = 2_000;

const failedRuns = `
  select id as "executionId", workflow_id as "workflowId", error_code as code, retry_count as retries
    from read.executions run
   where workspace_id = $1 and status = 'failed' and not erased and parent_execution_id is null
     and ($2::text is null or workflow_id = $2)
     and ($3::text is null or error_code = $3)
     and ($4::timestamptz is null or completed_at >= $4)
     and ($5::timestamptz is null or completed_at < $5)
     and not exists (
       select from unnest($6::text[]) sought
        where not exists (
          select from read.execution_names named
           where named.hash = sought and named.execution_id = run.id))
   order by retry_count >= max_retries, created_at, id
   limit $7`;

/** Looks once the rows know all that the log holds now, or after two seconds. */
export const createFailedRuns =
  ({ pool, positions, lastPosition }: FailedRunsParts): FindFailedRuns =>
  async ({ workspaceId, workflowId, code, from, to, nameHashes, limit }) => {
    await positions.waitFor('executions', await lastPosition(), patienceMs);
    const { rows } = await pool.query<FailedRun>(failedRuns, [
      ...[workspaceId, workflowId ?? null, code ?? null, from ?? null, to ?? null],
      ...[nameHashes, limit],
    ]);
    return rows;
  };
