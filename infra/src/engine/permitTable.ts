import type { ExecutionId, PermitTable } from '@studio/contracts';
import type { Pool } from 'pg';

interface Row {
  readonly execution_id: ExecutionId;
  readonly requested_at: number;
}

const toRecord = `
  select execution_id, requested_at from engine.permits
   where granted and not recorded and shard = any($1) limit $2`;

/** @param pool Its commits wait for the disk: what was granted is never granted again to another. */
export const createPermitTable = (pool: Pool): PermitTable => ({
  grant: async (shards, limit) => {
    const answer = await pool.query<{ some_wait: boolean; next_in_ms: number | null }>(
      'select some_wait, next_in_ms from engine.grant_permits()',
    );
    const { rows } = await pool.query<Row>(toRecord, [shards, limit]);
    return {
      granted: rows.map(({ execution_id: executionId, requested_at: requestedAt }) => ({
        ...{ executionId, requestedAt },
      })),
      someWait: answer.rows[0]?.some_wait ?? false,
      nextInMs: answer.rows[0]?.next_in_ms ?? null,
    };
  },
});
