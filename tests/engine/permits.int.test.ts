import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ExecutionId, type RunLimit, StudioError } from '@studio/contracts';
import { createPool, newId } from '@studio/infra';
import type { Pool } from 'pg';

import { aChain, aNode, type Engine, type StartedWith, startEngine } from '../fixtures/engine.ts';

/** Requests that wait until they are let go, by the run's name in the path. */
const held = new Map<string, () => void>();
const begun: string[] = [];
const http = {
  request: async ({ url, signal }: { url: string; signal: AbortSignal }) => {
    const name = new URL(url).pathname.slice(1);
    begun.push(name);
    await new Promise<void>((resolve, reject) => {
      held.set(name, resolve);
      signal.addEventListener('abort', () => {
        held.delete(name);
        reject(new StudioError('cancelled', 'effect.cancelled', 'called off'));
      });
    });
    return { status: 200, headers: {}, body: { name } };
  },
};

let engine: Engine;
let pool: Pool;
beforeAll(async () => {
  engine = await startEngine({ http });
  pool = createPool({ url: engine.url, applicationName: 'permits-test' });
});
afterAll(async () => {
  await pool.end();
  await engine.stop();
});

const call = aChain([aNode('call', 'http-request', { url: 'http://x/{{ trigger.name }}' })]);
const limited = (limits: Omit<RunLimit, 'scope'>[], more: StartedWith = {}): StartedWith => ({
  limits: limits.map((limit) => ({ scope: 'workflow', ...limit })),
  workflowId: newId(),
  ...more,
});
const start = (name: string, more: StartedWith, trigger: object = {}) =>
  engine.start(call, { name, ...trigger }, more);
const standing = async (id: ExecutionId) => {
  const { status, permits } = await engine.run(id);
  return [status, permits?.status];
};
const inLine = (id: ExecutionId) => engine.until(id, (run) => run.permits?.status === 'requested');
const isUnderWay = async (name: string): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!held.has(name)) {
    if (performance.now() > deadline)
      throw new Error(`${name} never began: ${engine.errors.join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const letGo = async (name: string): Promise<void> => {
  await isUnderWay(name);
  held.get(name)?.();
};
/** What was asked for up to now has been looked at. */
const looked = async (): Promise<void> => {
  await engine.executor().level(await engine.log.lastPosition());
  await pool.query('select engine.grant_permits()');
};
const rowsOf = async (...ids: ExecutionId[]): Promise<number> =>
  (await pool.query('select from engine.permits where execution_id = any($1)', [ids])).rowCount ??
  0;

it('lets so many runs of a workflow be under way at once, the next one when a permit is free', async () => {
  const more = limited([{ most: 2 }]);
  const first = await start('a1', more);
  await start('a2', more);
  await isUnderWay('a1');
  await isUnderWay('a2');
  const third = await start('a3', more);
  await inLine(third);
  await looked();
  expect(await standing(third)).toEqual(['pending', 'requested']);
  await letGo('a1');
  await engine.ended(first);
  await letGo('a3');
  await letGo('a2');
  expect((await engine.ended(third)).status).toBe('completed');
});

it('takes who has the higher priority first, then who asked first', async () => {
  const more = limited([{ most: 1 }]);
  await start('b0', more);
  await isUnderWay('b0');
  for (const [name, priority] of [
    ['b1', 0],
    ['b2', 10],
    ['b3', 10],
    ['b4', 3],
  ] as const)
    await inLine(await start(name, { ...more, priority }));
  await looked();
  for (const name of ['b0', 'b2', 'b3', 'b4', 'b1']) await letGo(name);
  expect(begun.filter((name) => name.startsWith('b'))).toEqual(['b0', 'b2', 'b3', 'b4', 'b1']);
});

it('counts by key where the limit names one', async () => {
  const more = limited([{ most: 1, per: 'trigger.customer' }]);
  await start('c1', more, { customer: 'Ada' });
  await isUnderWay('c1');
  const same = await start('c2', more, { customer: 'Ada' });
  await inLine(same);
  await start('c3', more, { customer: 'Bob' });
  await isUnderWay('c3');
  expect(await standing(same)).toEqual(['pending', 'requested']);
  for (const name of ['c1', 'c3', 'c2']) await letGo(name);
  await engine.ended(same);
});

it('fails a run whose key cannot be evaluated', async () => {
  const id = await start('d', limited([{ most: 1, per: '$error("no")' }]));
  const [, failed] = await engine.ended(id).then(() => engine.facts(id));
  expect(failed).toMatchObject({ type: 'WorkflowFailed', data: { code: 'expression.failed' } });
});

it('counts all runs of a workspace, of whatever workflow', async () => {
  const limits: RunLimit[] = [{ scope: 'workspace', most: 1 }];
  await start('e1', { limits });
  await isUnderWay('e1');
  const other = await start('e2', { limits });
  await inLine(other);
  await looked();
  expect(await standing(other)).toEqual(['pending', 'requested']);
  await letGo('e1');
  await letGo('e2');
  await engine.ended(other);
});

it('lets so many begin within a time, and the next one when it is over', async () => {
  const withinMs = 1_500;
  const more = limited([{ most: 2, withinMs }]);
  const ids = [];
  for (const name of ['f1', 'f2', 'f3']) ids.push(await start(name, more));
  for (const name of ['f1', 'f2', 'f3']) await letGo(name);
  const startedAt: number[] = [];
  const grantedAt: number[] = [];
  for (const id of ids) {
    await engine.ended(id);
    const facts = await engine.facts(id);
    const instantOf = (wanted: string): number =>
      Date.parse(facts.find(({ type }) => type === wanted)?.metadata.occurredAt ?? '');
    startedAt.push(instantOf('WorkflowStarted'));
    grantedAt.push(instantOf('PermitsGranted'));
  }
  // A grant is recorded some time after it was given, and none is given before its run is there.
  expect(Math.max(...grantedAt) - Math.min(...startedAt)).toBeGreaterThanOrEqual(withinMs);
});

it('takes neither a place nor a permit for a run that is cancelled or paused while it waits', async () => {
  const more = limited([{ most: 1 }]);
  await start('g0', more);
  await isUnderWay('g0');
  const [cancelled, paused] = [await start('g1', more), await start('g2', more)];
  const last = await start('g3', more);
  for (const id of [cancelled, paused, last]) await inLine(id);
  await engine.order(cancelled, { type: 'CancelWorkflow', data: { reason: null } });
  await engine.order(paused, { type: 'PauseWorkflow', data: { reason: null } });
  await looked();
  expect(await rowsOf(cancelled, paused, last)).toBe(1);
  await letGo('g0');
  await letGo('g3');
  await engine.ended(last);
  await engine.order(paused, { type: 'ResumeWorkflow', data: {} });
  await letGo('g2');
  await engine.ended(paused);
  await looked();
  expect(await rowsOf(cancelled, paused, last)).toBe(0);
});

it('asks again for a run that is retried, and grants no more than there are', async () => {
  const more = limited([{ most: 1 }]);
  const broken = await engine.start(
    aChain([aNode('x', 'transform', { expression: '$error("no")' })]),
    {},
    more,
  );
  expect((await engine.ended(broken)).status).toBe('failed');
  await start('h1', more);
  await isUnderWay('h1');
  const now = new Date().toISOString();
  await engine.order(broken, { type: 'RetryWorkflow', data: { now } });
  await inLine(broken);
  await looked();
  expect(await standing(broken)).toEqual(['pending', 'requested']);
  await letGo('h1');
  expect((await engine.ended(broken)).retries).toBe(1);
});

it('records a grant that its executor died over, and grants it to nobody else', async () => {
  const more = limited([{ most: 1 }]);
  const holder = await start('i0', more);
  await isUnderWay('i0');
  const [first, second] = [await start('i1', more), await start('i2', more)];
  for (const id of [first, second]) await inLine(id);
  await looked();
  await engine.executor().stop(0);
  await engine.order(holder, { type: 'CancelWorkflow', data: { reason: null } });
  // What the index and the grant would have come to, had the process died before it wrote the fact.
  await pool.query('delete from engine.permits where execution_id = $1', [holder]);
  await pool.query('select engine.grant_permits()');
  expect(await standing(first)).toEqual(['pending', 'requested']);
  await engine.restart();
  await isUnderWay('i1');
  await looked();
  expect(await standing(second)).toEqual(['pending', 'requested']);
  await letGo('i1');
  await letGo('i2');
  await engine.ended(second);
});

it('knows from the log alone who holds and who waits', async () => {
  const more = limited([{ most: 1 }, { most: 5, withinMs: 60_000 }]);
  await start('j0', more);
  await isUnderWay('j0');
  const waiting = await start('j1', { ...more, priority: 4 });
  await inLine(waiting);
  await looked();
  const known = async () => {
    const permits = await pool.query(
      `select execution_id, requested_at, asked_at, priority, keys, most, within_ms, granted, recorded
         from engine.permits order by execution_id`,
    );
    const starts = await pool.query(
      `select key, execution_id, requested_at from engine.starts
        where until > clock_timestamp() + interval '30 s' order by key, execution_id`,
    );
    return [permits.rows, starts.rows];
  };
  const before = await known();
  await engine.executor().stop(0);
  await pool.query('truncate engine.runs, engine.timers, engine.permits, engine.starts');
  await pool.query('update engine.checkpoint set position = 0');
  await engine.restart();
  await looked();
  expect(await known()).toEqual(before);
  await letGo('j0');
  await letGo('j1');
  await engine.ended(waiting);
});

it('tells of nothing but what was meant', () => {
  expect(engine.errors).toEqual([]);
});
