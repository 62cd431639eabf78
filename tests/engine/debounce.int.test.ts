import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionId } from '@studio/contracts';
import { createPermitTable, createPool, newId } from '@studio/infra';
import type { Pool } from 'pg';

import { aChain, aNode, type Engine, type StartedWith, startEngine } from '../fixtures/engine.ts';

let engine: Engine;
let pool: Pool;
beforeAll(async () => {
  engine = await startEngine({ alone: false });
  pool = createPool({ url: engine.url, applicationName: 'debounce-test' });
});
afterAll(async () => {
  await pool.end();
  await engine.stop();
});

const aDayMs = 86_400_000;
const noop = aChain([aNode('a', 'noop')]);
/** Starts of this workflow wait for each other until the test says that nothing more came. */
const debounced = (more: object = {}): StartedWith => ({
  limits: [{ scope: 'workflow', debounceMs: aDayMs, ...more }],
  workflowId: newId(),
});
const inLine = (id: ExecutionId) => engine.until(id, (run) => run.permits?.status === 'requested');
const indexed = async () => engine.executor().level(await engine.log.lastPosition());
const wait = async (ids: readonly ExecutionId[]): Promise<void> => {
  for (const id of ids) await inLine(id);
  await indexed();
};
/** As if so long had passed since the last of them asked. */
const nothingMoreComes = (ids: readonly ExecutionId[]) =>
  pool.query(
    `update engine.permits set quiet_at = clock_timestamp() where execution_id = any($1)`,
    [ids],
  );
const endOf = async (id: ExecutionId) => {
  const { status } = await engine.ended(id);
  const last = (await engine.facts(id)).at(-1);
  return [status, last?.type === 'WorkflowCancelled' ? last.data.supersededBy : undefined];
};
const rowsOf = async (ids: readonly ExecutionId[]): Promise<number> =>
  (await pool.query('select from engine.permits where execution_id = any($1)', [ids])).rowCount ??
  0;
const startAll = async (count: number, more: StartedWith, trigger = {}): Promise<ExecutionId[]> => {
  const ids: ExecutionId[] = [];
  while (ids.length < count) ids.push(await engine.start(noop, trigger, more));
  return ids;
};
/** The last of them has run, and each other one says that it did not. */
const lastAloneRan = async (ids: readonly ExecutionId[]): Promise<void> => {
  const last = ids.at(-1);
  for (const id of ids)
    expect(await endOf(id)).toEqual(id === last ? ['completed', undefined] : ['cancelled', last]);
  await indexed();
  expect(await rowsOf(ids)).toBe(0);
};

it('begins a run for which no other one came within the time, by itself', async () => {
  const id = await engine.start(noop, {}, debounced({ debounceMs: 1_500 }));
  await engine.ended(id);
  const [, asked, granted] = await engine.facts(id);
  expect([asked?.type, granted?.type]).toEqual(['PermitsRequested', 'PermitsGranted']);
  const between =
    Date.parse(granted?.metadata.occurredAt ?? '') - Date.parse(asked?.metadata.occurredAt ?? '');
  // The instant of a fact is a moment behind the database's clock, by which the time is counted.
  expect(between).toBeGreaterThan(500);
});

it('begins the last of many starts, and cancels the others with the reason', async () => {
  const ids = await startAll(5, debounced());
  await wait(ids);
  expect(await rowsOf(ids)).toBe(5);
  await nothingMoreComes(ids);
  await lastAloneRan(ids);
});

it('begins the last one when the first has waited for as long as any may, though more might come', async () => {
  const ids = await startAll(3, debounced({ maxWaitMs: aDayMs }));
  await wait(ids);
  await pool.query(
    'update engine.permits set latest_at = clock_timestamp() where execution_id = $1',
    [ids[0]],
  );
  await lastAloneRan(ids);
});

it('leaves starts of another key alone', async () => {
  const more = debounced({ per: 'trigger.file' });
  const ids = await startAll(2, more, { file: 'a' });
  const other = await engine.start(noop, { file: 'b' }, more);
  await wait([...ids, other]);
  await nothingMoreComes(ids);
  await lastAloneRan(ids);
  expect((await engine.run(other)).permits?.status).toBe('requested');
  await nothingMoreComes([other]);
  await lastAloneRan([other]);
});

it('lets the one before begin where the last one is cancelled or paused while they wait', async () => {
  const [first, second, third] = (await startAll(3, debounced())) as [
    ...[ExecutionId, ExecutionId, ExecutionId], // as many as were asked for
  ];
  await wait([first, second, third]);
  await engine.order(third, { type: 'CancelWorkflow', data: { reason: null } });
  await engine.order(second, { type: 'PauseWorkflow', data: { reason: null } });
  await indexed();
  await nothingMoreComes([first]);
  expect(await endOf(first)).toEqual(['completed', undefined]);
  expect(await endOf(third)).toEqual(['cancelled', undefined]);
  await engine.order(second, { type: 'ResumeWorkflow', data: {} });
  await inLine(second);
  await indexed();
  await nothingMoreComes([second]);
  expect(await endOf(second)).toEqual(['completed', undefined]);
});

it('waits for the other limits too, and gives way to a later start meanwhile', async () => {
  const { workflowId } = debounced();
  const limits: StartedWith['limits'] = [
    { scope: 'workflow', most: 1 },
    { scope: 'workflow', debounceMs: aDayMs },
  ];
  const blocked = aChain([aNode('wait', 'delay', { durationMs: aDayMs })]);
  const more = { ...({ limits, workflowId } as StartedWith) };
  const holder = await engine.start(blocked, {}, more);
  await wait([holder]);
  await nothingMoreComes([holder]);
  await engine.until(holder, ({ permits }) => permits?.status === 'held');
  const ids = await startAll(2, more);
  await wait(ids);
  await nothingMoreComes(ids);
  const [first, second] = ids as [ExecutionId, ExecutionId]; // as many as were asked for
  expect(await endOf(first)).toEqual(['cancelled', second]);
  const third = await engine.start(noop, {}, more);
  await wait([third]);
  await nothingMoreComes([second, third]);
  expect(await endOf(second)).toEqual(['cancelled', third]);
  await engine.order(holder, { type: 'CancelWorkflow', data: { reason: null } });
  expect(await endOf(third)).toEqual(['completed', undefined]);
});

it('comes to the same when executors die over it and the index is made anew', async () => {
  const ids = await startAll(4, debounced());
  await wait(ids);
  await engine.executor().stop(0);
  await nothingMoreComes(ids);
  // What has been granted or said about them is not on record, and is asked for again.
  await pool.query('select engine.grant_permits()');
  await pool.query('truncate engine.runs, engine.timers, engine.permits, engine.starts');
  await pool.query('update engine.checkpoint set position = 0');
  await engine.restart();
  await indexed();
  expect(await rowsOf(ids)).toBe(4);
  await nothingMoreComes(ids);
  await lastAloneRan(ids);
});

it('lets one begin, whatever the number of executors', async () => {
  const others = [await engine.another(), await engine.another()];
  try {
    const bursts = await Promise.all(Array.from({ length: 6 }, () => startAll(6, debounced())));
    await wait(bursts.flat());
    await nothingMoreComes(bursts.flat());
    for (const ids of bursts) await lastAloneRan(ids);
  } finally {
    for (const other of others) await other.stop(0);
  }
});

describe('a burst, as its rows stand', () => {
  interface Start {
    readonly id: string;
    readonly openedAt: number;
    /** In so many seconds nothing has come for long enough. */
    readonly quietIn: number;
    readonly latestIn?: number;
    readonly granted?: boolean;
  }
  const shard = 77; // nobody's
  const found = async (key: string, ...starts: readonly Start[]) => {
    for (const { id, openedAt, quietIn, latestIn = null, granted = false } of starts) {
      await pool.query(
        `insert into engine.runs (execution_id, shard, opened_at) values ($1, $2, $3)`,
        [`${key}-${id}`, shard, openedAt],
      );
      await pool.query(
        `insert into engine.permits (execution_id, shard, requested_at, asked_at, priority, keys, most,
                                     within_ms, quiet_key, quiet_at, latest_at, granted, recorded)
         values ($1, $2, 1, 1, 0, '{}', '{}', '{}', $3,
                 clock_timestamp() + $4 * interval '1 s', clock_timestamp() + $5 * interval '1 s', $6, $6)`,
        [`${key}-${id}`, shard, key, quietIn, latestIn, granted],
      );
    }
    const { granted, superseded } = await createPermitTable(pool).grant([shard], 100);
    const ofKey = ({ executionId }: { executionId: string }) => executionId.startsWith(`${key}-`);
    return {
      granted: granted.filter(ofKey).map(({ executionId }) => executionId),
      superseded: superseded.filter(ofKey).map(({ executionId, by }) => [executionId, by]),
    };
  };

  it('goes on while one of them has not waited for long enough', async () => {
    const starts = [
      { id: 'a', openedAt: 1, quietIn: -9 },
      { id: 'b', openedAt: 2, quietIn: 60 },
    ];
    expect(await found('k1', ...starts)).toEqual({ granted: [], superseded: [] });
  });

  it('is over when the first one has waited for as long as it may', async () => {
    const starts = [
      { id: 'a', openedAt: 1, quietIn: 40, latestIn: -1 },
      { id: 'b', openedAt: 2, quietIn: 60, latestIn: 90 },
    ];
    expect(await found('k2', ...starts)).toEqual({ granted: [], superseded: [['k2-a', 'k2-b']] });
  });

  it('goes by who was started last, not by who asked last', async () => {
    const starts = [
      { id: 'late', openedAt: 2, quietIn: -9 },
      { id: 'early', openedAt: 1, quietIn: -1 },
    ];
    expect(await found('k3', ...starts)).toEqual({
      ...{ granted: [], superseded: [['k3-early', 'k3-late']] },
    });
  });

  it('has one give way that was started before the one that is under way', async () => {
    const starts = [
      { id: 'late', openedAt: 2, quietIn: -9, granted: true },
      { id: 'early', openedAt: 1, quietIn: -1 },
    ];
    expect(await found('k4', ...starts)).toEqual({
      ...{ granted: [], superseded: [['k4-early', 'k4-late']] },
    });
  });

  it('ends with the last one alone', async () => {
    const starts = [{ id: 'a', openedAt: 1, quietIn: -1 }];
    expect(await found('k5', ...starts)).toEqual({ granted: ['k5-a'], superseded: [] });
  });
});

it('tells of nothing but what was meant', () => {
  expect(engine.errors).toEqual([]);
});
