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
  ...{ paused: [], haltsSet: [], haltsGone: [] },
  permits: { asked: [], granted: [], counted: [], hurried: [], gone: [] },
  children: {
    begun: [],
    awaited: [],
    ended: [],
    reopened: [],
    parentsEnded: [],
    gone: [],
    unawaited: [],
  },
  events: { set: [], gone: [], ended: [], settled: [] },
};
type ChangedChildren = Partial<Omit<IndexChanges, 'children'>> & {
  readonly children?: Partial<IndexChanges['children']>;
};
const aRun = {
  ...{ executionId: run, scheduleId: null, openedAt: 1n, workflowId: 'w', workspaceId: 'home' },
  pausedBy: null,
};
const opened = [aRun];
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
  const schedule = { scheduleId: 's', workflowId: 'w', nodeId: 'n', workspaceId: 'home' };
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
  const started = { ...aRun, scheduleId: 's' };
  const later = [{ scheduleId: 's', dueAt: at(4) }];
  await index.apply({ ...none, opened: [started], schedulesMoved: later }, 5n, 6n);
  expect(await due()).toEqual([['s', at(4)]]);
  expect(await index.openRunsOf('s')).toEqual([run]);
  const ended = { ...none, ended: [run], schedulesGone: ['s'] };
  expect(await index.apply(ended, 6n, 7n)).toBe(true);
  expect([await due(), await index.openRunsOf('s')]).toEqual([[], []]);
});

it('tells what kill switches ask of open runs until they have done it', async () => {
  const index = createEngineIndex(pool);
  const all = Array.from({ length: 64 }, (_, shard) => shard);
  const asked = async () =>
    (await index.haltOrders(all, 10)).map(({ executionId, runs, reason }) => [
      ...[executionId, runs, reason],
    ]);
  const change = (changes: Partial<IndexChanges>, from: bigint) =>
    index.apply({ ...none, ...changes }, from, from + 1n);
  const paused = (by: 'person' | 'halt' | null) => [{ executionId: run, by }];
  await change({ opened }, 7n);
  expect(await asked()).toEqual([]);
  await change({ haltsSet: [{ scopeId: 'home', runs: 'pause', reason: 'Why' }] }, 8n);
  expect(await asked()).toEqual([[run, 'pause', 'Why']]);
  await change({ paused: paused('halt') }, 9n);
  expect(await asked()).toEqual([]);
  await change({ haltsSet: [{ scopeId: 'w', runs: 'cancel', reason: null }] }, 10n);
  expect(await asked()).toEqual([[run, 'cancel', null]]);
  await change({ haltsGone: ['w'] }, 11n);
  expect(await asked()).toEqual([]);
  await change({ haltsGone: ['home'] }, 12n);
  expect(await asked()).toEqual([[run, 'release', null]]);
  await change({ paused: paused(null) }, 13n);
  expect(await asked()).toEqual([]);
  const soon = { scheduleId: 's', workflowId: 'w', nodeId: 'n', workspaceId: 'home' };
  await change({ schedulesSet: [{ ...soon, dueAt: '2020-01-01T00:00:00.000Z' }] }, 14n);
  const due = async () => (await index.dueSchedules(all, 10)).schedules.length;
  expect(await due()).toBe(1);
  await change({ haltsSet: [{ scopeId: 'w', runs: 'pause', reason: null }] }, 15n);
  expect(await due()).toBe(0);
  await change({ haltsGone: ['w'], schedulesGone: ['s'], ended: [run] }, 16n);
  expect(await due()).toBe(0);
});

it('tells of children what is to be taken up, and who is left alone', async () => {
  const index = createEngineIndex(pool);
  const all = Array.from({ length: 64 }, (_, shard) => shard);
  const [child, orphan, late] = ['child', 'orphan', 'late'] as ExecutionId[]; // made up
  if (!child || !orphan || !late) throw new Error('three runs');
  const asked = async () =>
    (await index.childOrders(all, 10)).orders.map(({ childId, order }) => [childId, order]).sort();
  let from = 17n;
  const change = ({ children, ...changes }: ChangedChildren) =>
    index.apply(
      { ...none, ...changes, children: { ...none.children, ...children } },
      ...([from, (from += 1n)] as const),
    );
  const begun = (childId: ExecutionId, parentId: ExecutionId = run) => ({
    ...{ childId, parentId, awaited: false, ended: false, orphaned: null },
  });
  expect(await index.childOrders(all, 10)).toEqual({ orders: [], some: false });
  await change({ opened });
  await change({ children: { begun: [begun(child), begun(orphan)] } });
  await change({ children: { ended: [child] } });
  expect(await asked()).toEqual([]); // the parent does not yet know that it waits
  await change({ children: { awaited: [child, orphan] } });
  expect(await asked()).toEqual([[child, 'take_up']]);
  await change({ children: { reopened: [child] } });
  expect(await asked()).toEqual([]);
  await change({ children: { ended: [child] } });
  await change({ children: { gone: [child] } });
  expect(await asked()).toEqual([]);
  await change({ ended: [run], children: { ended: [run], parentsEnded: [run] } });
  await change({ children: { begun: [begun(late)] } }); // its parent is open no more
  expect(await asked()).toEqual([
    [late, 'cancel'],
    [orphan, 'cancel'],
  ]);
  await change({ children: { ended: [late, orphan] } });
  expect(await asked()).toEqual([]);
  expect((await index.childOrders(all, 10)).some).toBe(false);
});
