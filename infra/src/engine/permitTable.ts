import type { ExecutionId, GrantedPermits, PermitTable } from '@studio/contracts';
import type { Pool } from 'pg';

interface Row {
  readonly execution_id: ExecutionId;
  readonly requested_at: number;
}
interface SupersededRow extends Row {
  readonly newest: ExecutionId;
  readonly ends_by: Date | null;
}

const toRecord = `
  select execution_id, requested_at from engine.permits
   where granted and not recorded and shard = any($1) limit $2`;

/** It holds as long as the rows do: nothing is marked, so that the log alone says who is superseded. */
const superseded = `
  select execution_id, requested_at, newest, bursts.latest_at as ends_by
    from engine.bursts join engine.permits using (quiet_key)
   where not granted and execution_id <> newest and due_at <= clock_timestamp()
     and shard = any($1)
   limit $2`;

const grantOf = ({
  execution_id: executionId,
  requested_at: requestedAt,
}: Row): GrantedPermits => ({
  ...{ executionId, requestedAt },
});

/** @param pool Its commits wait for the disk: what was granted is never granted again to another. */
export const createPermitTable = (pool: Pool): PermitTable => ({
  grant: async (shards, limit) => {
    const answer = await pool.query<{ some_wait: boolean; next_in_ms: number | null }>(
      'select some_wait, next_in_ms from engine.grant_permits()',
    );
    const { rows } = await pool.query<Row>(toRecord, [shards, limit]);
    const someWait = answer.rows[0]?.some_wait ?? false;
    const others = someWait
      ? await pool.query<SupersededRow>(superseded, [shards, limit])
      : { rows: [] };
    return {
      granted: rows.map(grantOf),
      superseded: others.rows.map((row) => ({
        ...{ ...grantOf(row), by: row.newest },
        burstEndsBy: row.ends_by?.toISOString() ?? null,
      })),
      someWait,
      nextInMs: answer.rows[0]?.next_in_ms ?? null,
    };
  },
});
