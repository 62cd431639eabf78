import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPool, problemOf } from '@studio/infra';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );
const statusOf = async (work: Promise<unknown>): Promise<number> =>
  problemOf(await failureOf(work)).status;
const poolOf = (url: string) => createPool({ url, applicationName: 'reach-test' });

it('answers 503 with Retry-After when nobody listens', async () => {
  const pool = poolOf('postgresql://studio@127.0.0.1:1/studio');
  const { status, headers } = problemOf(await failureOf(pool.query('select 1')));
  expect([status, headers['Retry-After']]).toEqual([503, '1']);
  await pool.end();
});
it('answers 503 when the socket of the server is gone', async () => {
  const pool = poolOf('postgresql://studio@localhost/studio?host=/nowhere');
  expect(await statusOf(pool.query('select 1'))).toBe(503);
  await pool.end();
});
it('answers 503 when the server ends the connection under a statement', async () => {
  const pool = poolOf(postgres.url);
  const other = poolOf(postgres.url);
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const sleeping = failureOf(pool.query('select pg_sleep(20)'));
  await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  expect(problemOf(await sleeping).status).toBe(503);
  await Promise.all([pool.end(), other.end()]);
});
it('answers 503 once the pool was closed, as while the studio stops', async () => {
  const pool = poolOf(postgres.url);
  await pool.end();
  expect(await statusOf(pool.query('select 1'))).toBe(503);
});
it('answers 500 for a statement that is wrong', async () => {
  const pool = poolOf(postgres.url);
  expect(await statusOf(pool.query('select nothing'))).toBe(500);
  await pool.end();
});
