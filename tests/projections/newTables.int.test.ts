import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  createGeneration,
  type Database,
  dropGeneration,
  type Generation,
  switchGeneration,
  table,
} from '@studio/infra';

import { startStudioLog, type StudioLog } from '../fixtures/studioLog.ts';

let studio: StudioLog;
let pool: Database;
beforeAll(async () => {
  studio = await startStudioLog();
  ({ pool } = studio);
});
afterAll(() => studio.stop());

const [plants, seeds] = ['plants', 'seeds'].map((name) =>
  table({ name, key: ['id'], columns: { id: 'id' } }),
);
const version = (number: number): Generation => ({
  ...{ projection: 'garden', version: number, name: `v${number}` },
});
const ids = async (name: string): Promise<unknown[]> =>
  (await pool.query<{ id: string }>(`select id from read.${name}`)).rows.map(({ id }) => id);

it('lets a table that is new in a version be read before the version is level', async () => {
  if (!plants || !seeds) throw new Error('no tables');
  const [first, second] = [version(1), version(2)];
  await createGeneration(pool, first, [plants]);
  await switchGeneration(pool, null, first, [plants]);
  await pool.query("insert into read.plants_v1 values ('old')");

  await createGeneration(pool, second, [plants, seeds]);
  await pool.query("insert into read.plants_v2 values ('new')");
  await pool.query("insert into read.seeds_v2 values ('seed')");
  expect([await ids('plants'), await ids('seeds')]).toEqual([['old'], ['seed']]);

  await switchGeneration(pool, first, second, [plants, seeds]);
  await dropGeneration(pool, first, [plants, seeds]);
  expect([await ids('plants'), await ids('seeds')]).toEqual([['new'], ['seed']]);
});
