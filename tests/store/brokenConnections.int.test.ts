import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventStore, Head } from '@studio/contracts';
import { createPool, createPostgresEventStore, migrate } from '@studio/infra';
import type { Pool } from 'pg';

import { anEvent, anExecution, countingFrom, events, positionsOf } from '../contract/logEvents.ts';
import { startOwnPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { stopped } from './stopped.ts';
import { presentIn } from './trial.ts';

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'test' });
  await migrate(pool);
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

/** For what goes wrong; what goes well has to fit in too, on a busy machine. */
const impatient = { statementTimeoutMs: 1_000, patienceMs: 1_500 };

const endEveryConnection = (): Promise<unknown> =>
  pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name like 'studio-log%' and datname = current_database()`);

/** Appends one event at a time, so that a doubled or a lost one would break its chain. */
const writeUntil = async (store: EventStore, signal: AbortSignal): Promise<Head[]> => {
  const stream = anExecution();
  const heads: Head[] = [];
  while (!signal.aborted)
    heads.push(await store.append(stream, heads.at(-1) ?? 'no_stream', [anEvent()]));
  return heads;
};

it('connections that break again and again lose, double and reorder nothing', async () => {
  const troubles: unknown[] = [];
  const store = await createPostgresEventStore({
    url: postgres.url,
    onTrouble: (error) => troubles.push(error),
  });
  const [ending, following] = [new AbortController(), new AbortController()];
  const followed: bigint[] = [];
  const follow = (async () => {
    for await (const batch of store.subscribe({ after: 0n, signal: following.signal }))
      followed.push(...positionsOf(batch.events));
  })();
  const writing = Array.from({ length: 16 }, () => writeUntil(store, ending.signal));
  for (let round = 0; round < 8; round += 1) {
    await sleep(150);
    await endEveryConnection();
  }
  await sleep(300);
  ending.abort();
  const acknowledged = (await Promise.all(writing)).flat().map(({ position }) => position);
  const present = await presentIn(pool, 'log.events');
  expect(troubles.length).toBeGreaterThan(0);
  expect(present).toEqual(countingFrom(1n, present.length));
  expect([...acknowledged].sort((a, b) => Number(a - b))).toEqual(present);
  while (followed.length < present.length) await sleep(10);
  expect(followed).toEqual(present);
  following.abort();
  await follow;
  await store.close();
});

it('another store follows without a NOTIFY, and through one that lies', async () => {
  const [writer, reader] = await Promise.all(
    [1, 2].map(() => createPostgresEventStore({ url: postgres.url, pollMs: 100 })),
  );
  if (!writer || !reader) throw new Error('two stores were asked for');
  const after = await reader.lastPosition();
  const batches = reader.subscribe({ after, signal: new AbortController().signal });
  const iterator = batches[Symbol.asyncIterator]();
  const coming = iterator.next();
  await pool.query(
    `select pg_notify('studio_log', '999999999'), pg_notify('studio_log', 'no number')`,
  );
  await sleep(50);
  const head = await writer.append(anExecution(), 'no_stream', events(2));
  expect(await coming).toMatchObject({ value: { upTo: head.position } });
  const next = iterator.next();
  await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where (query like 'listen%' or query like '%pg_notify%') and pid <> pg_backend_pid()
      and datname = current_database()`);
  const last = await writer.append(anExecution(), 'no_stream', events(1));
  expect(await next).toMatchObject({ value: { upTo: last.position } });
  await Promise.all([writer.close(), reader.close()]);
});

it('an append that met a stuck log ends with its patience, and the next one goes through', async () => {
  const store = await createPostgresEventStore({ url: postgres.url, ...impatient });
  const stuck = await pool.connect();
  await stuck.query('begin; lock table log.events in exclusive mode');
  await expect(store.append(anExecution(), 'no_stream', events(1))).rejects.toMatchObject({
    code: 'log.unavailable',
    kind: 'unavailable',
  });
  await stuck.query('rollback');
  stuck.release();
  expect((await store.append(anExecution(), 'no_stream', events(1))).revision).toBe(0);
  await store.close();
});

it('an append without an answer may have gone through; retried with its ids it is there once', async () => {
  const store = await createPostgresEventStore({ url: postgres.url, ...impatient });
  await store.append(anExecution(), 'no_stream', events(1));
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'studio-log'
      and query like '%append_batch%' and datname = current_database()`,
  );
  const [stream, appended] = [anExecution(), events(2)];
  await stopped(
    rows.map(({ pid }) => pid),
    () =>
      expect(store.append(stream, 'no_stream', appended)).rejects.toMatchObject({
        code: 'append.outcome_unknown',
      }),
  );
  const head = await store.append(stream, 'no_stream', appended);
  expect(head.revision).toBe(1);
  await sleep(300);
  expect(await store.head(stream)).toEqual(head);
  await store.close();
});
