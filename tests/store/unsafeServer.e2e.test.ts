import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPool } from '@studio/infra';
import type { Pool } from 'pg';

import { startOwnPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { createStudio, type StudioProcess } from '../fixtures/studio.ts';

let postgres: TestPostgres;
let pool: Pool;
let studio: StudioProcess;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'test' });
  studio = await createStudio({
    embedded: true,
    env: { DATABASE_URL: postgres.url, SECRET_KEY: randomBytes(32).toString('hex') },
  });
});
afterAll(async () => {
  await studio.remove();
  await pool.end();
  await postgres.stop();
});

const set = async (setting: string): Promise<void> => {
  await pool.query(`alter system ${setting}`);
  await pool.query('select pg_reload_conf()');
};
const isSet = async (name: string, value: string): Promise<boolean> => {
  const { rows } = await pool.query<{ value: string }>('select current_setting($1) as value', [
    name,
  ]);
  return rows[0]?.value === value;
};
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};

it.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
  'a studio does not start on a server with %s off, and stores nothing there',
  async (name) => {
    await set(`set ${name} = off`);
    await until(() => isSet(name, 'off'));
    await expect(studio.start()).rejects.toThrow('did not start');
    expect(await studio.exited()).toBe(1);
    expect(studio.output()).toContain(`has ${name} off, so acknowledged events could be lost`);
    const { rows } = await pool.query(`select to_regclass('log.events') as events`);
    expect(rows).toEqual([{ events: null }]);
    await set(`reset ${name}`);
    await until(() => isSet(name, 'on'));
  },
);
