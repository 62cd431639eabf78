import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { assertDurableServer, createPool, migrate, rollback } from '@studio/infra';
import type { Pool } from 'pg';

import { freshDatabase, startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

const ownFolder = join(import.meta.dirname, '../../infra/src/postgres/migrations');

let server: TestPostgres;
beforeAll(async () => {
  server = await startTestPostgres();
});
afterAll(() => server.stop());

let postgres: TestPostgres;
let pool: Pool;
let folder: string;
beforeEach(async () => {
  postgres = await freshDatabase(server.url);
  pool = createPool({ url: postgres.url, applicationName: 'test' });
  folder = await mkdtemp(join(tmpdir(), 'studio-migrations-'));
  await cp(ownFolder, folder, { recursive: true });
});
afterEach(async () => {
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true });
});

it('applies each migration once, also when several start together', async () => {
  const answers = await Promise.all([migrate(pool), migrate(pool), migrate(pool)]);
  expect(answers.filter((names) => names.includes('0001_log'))).toHaveLength(1);
  expect(await migrate(pool)).toEqual([]);
});

it('goes down and up again', async () => {
  const up = await migrate(pool);
  expect(await rollback(pool, 0)).toEqual([...up].reverse());
  expect(await migrate(pool)).toEqual(up);
});

it('a migration that fails leaves nothing behind', async () => {
  await writeFile(join(folder, '9000_bad.up.sql'), 'create table state.half (id int); select 1/0;');
  await expect(migrate(pool, folder)).rejects.toThrow('division by zero');
  const { rows } = await pool.query(`select to_regclass('state.half') as half`);
  expect(rows).toEqual([{ half: null }]);
});

it('refuses a database of a newer version, and a migration that was changed', async () => {
  await writeFile(join(folder, '9000_later.up.sql'), 'select 1');
  await migrate(pool, folder);
  await expect(migrate(pool)).rejects.toMatchObject({ code: 'database.unsuitable' });
  await writeFile(join(folder, '9000_later.up.sql'), 'select 2');
  await expect(migrate(pool, folder)).rejects.toThrow('9000_later was changed');
});

it.each([
  `update log.events set data = '{}'`,
  'delete from log.events',
  'truncate log.events',
  'delete from log.store',
])('the log is append-only, also for its owner: %s', async (statement) => {
  await migrate(pool);
  await pool.query(`insert into log.events values
    (1, 0, gen_random_uuid(), 'execution-1', 'NodeCompleted', '{}', '{}', sha256('x'))`);
  await expect(pool.query(statement)).rejects.toThrow('append-only');
});

it('a server that could lose what it acknowledged is refused', async () => {
  await expect(assertDurableServer(pool)).resolves.toBeUndefined();
  const { rows } = await pool.query<{ name: string }>('select current_database() as name');
  await pool.query(`alter database ${rows[0]?.name ?? ''} set synchronous_commit = off`);
  const fresh = createPool({ url: postgres.url, applicationName: 'test' });
  await expect(assertDurableServer(fresh)).rejects.toMatchObject({
    code: 'database.unsuitable',
    message: expect.stringContaining('synchronous_commit off'),
  });
  await fresh.end();
});
