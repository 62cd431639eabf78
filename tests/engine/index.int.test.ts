import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ExecutionId, IndexChanges } from '@studio/contracts';
import { createEngineIndex, createPool, migrate } from '@studio/infra';
import type { Pool } from 'pg';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'index-test' });
  await migrate(pool);
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const run = '01900000-0000-7000-8000-000000000001' as ExecutionId; // made up
const none: IndexChanges = { opened: [], ended: [], failing: [], timersSet: [], timersGone: [] };
const timer = (timerId: string, dueAt: string) => ({ executionId: run, timerId, dueAt });
const timers = async () =>
  (await pool.query<{ timer_id: string }>('select timer_id from engine.timers order by timer_id'))
    .rows;

it('keeps of the timers of a run that failed and was retried those that were set again', async () => {
  const index = createEngineIndex(pool);
  const soon = '2030-01-01T00:00:00.000Z';
  const first = [timer('delay:a', soon), timer('delay:b', soon)];
  expect(await index.apply({ ...none, opened: [run], timersSet: first }, 0n, 1n)).toBe(true);
  const again = [timer('delay:a', soon), timer('delay:c', soon)];
  const retried = { ...none, opened: [run], failing: [run], timersSet: again };
  expect(await index.apply(retried, 1n, 2n)).toBe(true);
  expect(await timers()).toEqual([{ timer_id: 'delay:a' }, { timer_id: 'delay:c' }]);
  expect(await index.apply({ ...none, ended: [run] }, 2n, 3n)).toBe(true);
  expect(await timers()).toEqual([]);
});
