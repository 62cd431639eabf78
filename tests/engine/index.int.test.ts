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
const none: IndexChanges = {
  ...{ opened: [], ended: [], erased: [], failing: [], timersSet: [], timersGone: [] },
  ...{ schedulesSet: [], schedulesMoved: [], schedulesGone: [] },
};
const opened = [{ executionId: run, scheduleId: null }];
const timer = (timerId: string, dueAt: string) => ({ executionId: run, timerId, dueAt });
const timers = async () =>
  (await pool.query<{ timer_id: string }>('select timer_id from engine.timers order by timer_id'))
    .rows;

it('keeps of the timers of a run that failed and was retried those that were set again', async () => {
  const index = createEngineIndex(pool);
  const soon = '2030-01-01T00:00:00.000Z';
  const first = [timer('delay:a', soon), timer('delay:b', soon)];
  expect(await index.apply({ ...none, opened, timersSet: first }, 0n, 1n)).toBe(true);
  const again = [timer('delay:a', soon), timer('delay:c', soon)];
  const retried = { ...none, opened, failing: [run], timersSet: again };
  expect(await index.apply(retried, 1n, 2n)).toBe(true);
  expect(await timers()).toEqual([{ timer_id: 'delay:a' }, { timer_id: 'delay:c' }]);
  expect(await index.apply({ ...none, ended: [run] }, 2n, 3n)).toBe(true);
  expect(await timers()).toEqual([]);
});

it('moves a schedule forward only, and knows the open runs that it started', async () => {
  const index = createEngineIndex(pool);
  const schedule = { scheduleId: 's', workflowId: 'w', nodeId: 'n' };
  const at = (minute: number) => `2020-01-01T00:0${minute}:00.000Z`;
  const all = Array.from({ length: 64 }, (_, shard) => shard);
  const due = async () =>
    (await index.dueSchedules(all, 10)).schedules.map(({ scheduleId, dueAt }) => [
      scheduleId,
      dueAt,
    ]);
  await index.apply({ ...none, schedulesSet: [{ ...schedule, dueAt: at(3) }] }, 3n, 4n);
  await index.apply({ ...none, schedulesMoved: [{ scheduleId: 's', dueAt: at(2) }] }, 4n, 5n);
  expect(await due()).toEqual([['s', at(3)]]);
  const started = { executionId: run, scheduleId: 's' };
  const later = [{ scheduleId: 's', dueAt: at(4) }];
  await index.apply({ ...none, opened: [started], schedulesMoved: later }, 5n, 6n);
  expect(await due()).toEqual([['s', at(4)]]);
  expect(await index.openRunsOf('s')).toEqual([run]);
  const ended = { ...none, ended: [run], schedulesGone: ['s'] };
  expect(await index.apply(ended, 6n, 7n)).toBe(true);
  expect([await due(), await index.openRunsOf('s')]).toEqual([[], []]);
});
