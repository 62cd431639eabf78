import { afterAll, beforeAll } from '@jest/globals';
import { createPool, createPostgresEventStore, migrate } from '@studio/infra';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { eventStoreContract } from './eventStoreContract.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
  const pool = createPool({ url: postgres.url, applicationName: 'test' });
  await migrate(pool);
  await pool.end();
});
afterAll(() => postgres.stop());

/** The log cannot be emptied, not even by a test: it is put away with its triggers and made anew. */
const emptyLog = async (): Promise<void> => {
  const pool = createPool({ url: postgres.url, applicationName: 'test' });
  await pool.query(`begin; set local session_replication_role = replica;
    truncate log.events; commit`);
  await pool.end();
};

eventStoreContract({
  name: 'Postgres',
  create: async () => {
    await emptyLog();
    return createPostgresEventStore({ url: postgres.url });
  },
});
