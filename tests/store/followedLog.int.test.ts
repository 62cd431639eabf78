import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  createPool,
  createPostgresEventStore,
  type Database,
  followLog,
  migrate,
} from '@studio/infra';

import { writeAlone } from '../contract/logEvents.ts';
import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

let postgres: TestPostgres;
let database: Database;

beforeEach(async () => {
  postgres = await startTestPostgres();
  database = createPool({ url: postgres.url, applicationName: 'test' });
  await migrate(database);
});

afterEach(async () => {
  await database.end();
  await postgres.stop();
});

const unsuitable = { kind: 'refused', code: 'database.unsuitable' };

it('keeps a database to the log that it was first used with', async () => {
  const [ours, others] = [randomUUID(), randomUUID()];
  await followLog(database, ours);
  await followLog(database, ours);
  await expect(followLog(database, others)).rejects.toMatchObject(unsuitable);
});

it('takes a database with events of its own for one that has followed those', async () => {
  const store = await createPostgresEventStore({ url: postgres.url });
  await writeAlone(store, 1);
  await expect(followLog(database, randomUUID())).rejects.toMatchObject(unsuitable);
  await followLog(database, store.storeId);
  await store.close();
});
