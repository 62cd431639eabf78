import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPermitTable, createPool, migrate } from '@studio/infra';
import type { Pool } from 'pg';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'permits-test', maxConnections: 16 });
  await migrate(pool);
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const allShards = Array.from({ length: 64 }, (_, shard) => shard);
const most = 7;

/** So many runs ask for a permit of each of the keys; every third one for both. */
const ask = (runs: number) =>
  pool.query(
    `insert into engine.permits (execution_id, shard, requested_at, asked_at, priority, keys, most, within_ms)
     select 'run-' || n, n % 64, 1, n, n % 11,
            case n % 3 when 0 then array['a', 'b'] when 1 then array['a'] else array['b'] end,
            case n % 3 when 0 then array[$2, $2] else array[$2] end::int[],
            case n % 3 when 0 then array[0, 0] else array[0] end::bigint[]
       from generate_series(1, $1::int) as n`,
    [runs, most],
  );

const heldByKey = async (): Promise<number[]> => {
  const { rows } = await pool.query<{ held: number }>(
    `select count(*)::int as held from engine.permits, unnest(keys) as key where granted group by key`,
  );
  return rows.map(({ held }) => held);
};

it('grants no more than there are, whoever asks at the same time and whoever ends meanwhile', async () => {
  const runs = 150;
  await ask(runs);
  const permits = createPermitTable(pool);
  let ended = 0;
  let seen = 0;
  const grantAndEnd = async (): Promise<void> => {
    while (ended < runs) {
      await permits.grant(allShards, 100);
      const { rowCount } = await pool.query(
        `delete from engine.permits where execution_id in
           (select execution_id from engine.permits where granted limit 2 for update skip locked)`,
      );
      ended += rowCount ?? 0;
    }
  };
  const watch = async (): Promise<void> => {
    while (ended < runs) {
      const held = await heldByKey();
      seen = Math.max(seen, ...held);
    }
  };
  await Promise.all([...Array.from({ length: 8 }, grantAndEnd), watch(), watch()]);
  expect(seen).toBeGreaterThan(1);
  expect(seen).toBeLessThanOrEqual(most);
  expect(await heldByKey()).toEqual([]);
});

it('hands out what is granted until it is on record, to the owner of its shard alone', async () => {
  await ask(2);
  const permits = createPermitTable(pool);
  const ofFirst = { executionId: 'run-1', requestedAt: 1 };
  expect((await permits.grant([1], 10)).granted).toEqual([ofFirst]);
  expect((await permits.grant([1], 10)).granted).toEqual([ofFirst]);
  await pool.query("update engine.permits set recorded = true where execution_id = 'run-1'");
  expect((await permits.grant([1], 10)).granted).toEqual([]);
  expect((await permits.grant([2], 10)).granted).toEqual([
    { executionId: 'run-2', requestedAt: 1 },
  ]);
});
