import { afterAll, beforeAll } from '@jest/globals';
import type { EventStore } from '@studio/contracts';
import { createPool, createPostgresEventStore, migrate } from '@studio/infra';
import type { Pool } from 'pg';

import { freshDatabase, startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { eventStoreContract } from './eventStoreContract.ts';

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'test' });
  await migrate(pool);
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

/** On a database of its own, which goes with it. */
const createEmpty = async (): Promise<EventStore> => {
  const database = await freshDatabase(postgres.url);
  const fresh = createPool({ url: database.url, applicationName: 'test' });
  await migrate(fresh);
  await fresh.end();
  const store = await createPostgresEventStore({ url: database.url });
  return { ...store, close: () => store.close().then(database.stop) };
};

eventStoreContract({
  name: 'Postgres',
  create: () => createPostgresEventStore({ url: postgres.url }),
  createEmpty,
  address: () => postgres.url,
  breakConnections: async () => {
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name like 'studio-log%' and datname = current_database()`);
  },
});
