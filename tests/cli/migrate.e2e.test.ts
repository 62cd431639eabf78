import { readdir } from 'node:fs/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { createDesk, type Desk } from './command.ts';

const folder = new URL('../../infra/src/postgres/migrations/', import.meta.url);

let postgres: TestPostgres;
let desk: Desk;
let names: string[];
beforeAll(async () => {
  postgres = await startTestPostgres();
  desk = await createDesk({ DATABASE_URL: postgres.url });
  const files = (await readdir(folder)).filter((file) => file.endsWith('.up.sql')).sort();
  names = files.map((file) => file.replace('.up.sql', ''));
});
afterAll(async () => {
  await desk.leave();
  await postgres.stop();
});

const sql = async (text: string): Promise<void> => {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(text).finally(() => client.end());
};
const history = async () => (await desk.studio('migrate', 'status', '--json')).json()[0];
const instant = expect.stringMatching(/^\d{4}-.*Z$/);

it('shows what is missing, applies it, and shows when', async () => {
  expect(await history()).toEqual(names.map((name) => ({ name, applied_at: null })));
  const { code, json } = await desk.studio('migrate', 'up', '--json');
  expect([code, json()]).toEqual([0, [{ applied: names }]]);
  expect(await history()).toEqual(names.map((name) => ({ name, applied_at: instant })));
  expect((await desk.studio('migrate', 'up')).out).toBe('Nothing was missing\n');
});

it('undoes what can be made again, and nothing that cannot', async () => {
  await sql(`alter table log.events disable trigger append_only;
    insert into log.events values
      (1, 0, gen_random_uuid(), 'user-1', 'UserRegistered', '{}', '{}', '\\x00')`);
  const newest = await desk.studio('migrate', 'down', '--json');
  expect([newest.code, newest.json()]).toEqual([0, [{ undone: names.slice(-1) }]]);
  const all = await desk.studio('migrate', 'down', '0');
  expect([all.code, all.out]).toEqual([1, '']);
  expect(all.err).toMatch(/undoing 0001_log would drop .*: log\.events/);
  const [first] = await history();
  expect(first).toEqual({ name: '0001_log', applied_at: instant });
  expect((await desk.studio('migrate', 'up', '--json')).json()).toEqual([
    { applied: names.slice(1) },
  ]);
});

it('takes no name that is none, and no form that is none', async () => {
  for (const args of [[], ['sideways'], ['down', 'all'], ['up', '3'], ['new'], ['new', '../x']]) {
    const { code, out } = await desk.studio('migrate', ...args);
    expect([args, code, out]).toEqual([args, 2, '']);
  }
});
