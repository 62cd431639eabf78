import type { ExecutionId, WorkflowId, WorkspaceId } from '@studio/contracts';

import type { FailedRunsParts } from './failedRuns.ts';

export interface OpenRun {
  readonly executionId: ExecutionId;
  /** The version of its workflow that it goes by. */
  readonly version: number;
}

export interface OpenRunsSought {
  readonly workspaceId: WorkspaceId;
  readonly workflowId: WorkflowId;
  /** Only runs that go by one of these; absent: by any but `toVersion`. */
  readonly fromVersions?: readonly number[] | undefined;
  readonly toVersion: number;
  /** These runs, open or not, whatever version they go by; absent: all open ones. */
  readonly executionIds?: readonly string[] | undefined;
  /** Only runs behind this one. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Runs of a workflow as the read models know them, the oldest first. It decides nothing: the streams do. */
export type FindOpenRuns = (sought: OpenRunsSought) => Promise<readonly OpenRun[]>;

const patienceMs = 2_000;

const openRuns = `
  select id as "executionId", workflow_version as version
    from read.executions run
   where workspace_id = $1 and workflow_id = $2
     and case when $5::text[] is null
              then status not in ('completed', 'failed', 'cancelled')
               and case when $3::int[] is null then workflow_version <> $4
                        else workflow_version = any ($3) end
              else id = any ($5) end
     and ($6::text is null
          or (created_at, id) > (select created_at, id from read.executions where id = $6))
   order by created_at, id
   limit $7`;

/** Looks once the rows know all that the log holds now, or after two seconds. */
export const createOpenRuns =
  ({ pool, positions, lastPosition }: FailedRunsParts): FindOpenRuns =>
  async (sought) => {
    const { workspaceId, workflowId, fromVersions, toVersion, executionIds, after, limit } = sought;
    await positions.waitFor('executions', await lastPosition(), patienceMs);
    const { rows } = await pool.query<OpenRun>(openRuns, [
      ...[workspaceId, workflowId, fromVersions ?? null, toVersion],
      ...[executionIds ?? null, after ?? null, limit],
    ]);
    return rows;
  };
