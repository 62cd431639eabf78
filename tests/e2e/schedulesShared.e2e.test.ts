import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Pool } from 'pg';

import { rounds } from '../fixtures/length.ts';
import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { until } from '../http/until.ts';
import { canvasNode, chain, save } from './canvas.ts';

/** Two studios on one Postgres: the schedules of both are the same. */
let postgres: TestPostgres;
let pool: Pool;
let one: StudioProcess;
let other: StudioProcess;
let person: Person;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = new Pool({ connectionString: postgres.url });
  const env = { DATABASE_URL: postgres.url, SECRET_KEY: randomBytes(32).toString('hex') };
  one = await createStudio({ env, embedded: true });
  other = await createStudio({ env, embedded: true });
  await one.start(); // it takes all shards: the other one stands by
  await other.start();
  person = await signIn(other, 'two@example.com');
});
afterAll(async () => {
  await other.remove();
  await one.remove();
  await pool.end();
  await postgres.stop();
});

const firings = rounds(60, 300);

/** When each run was due that the workflow's schedule started. */
const started = async (workflowId: string): Promise<string[]> => {
  const { rows } = await pool.query<{ due_at: string }>(
    `select data::jsonb #>> '{firedBy,dueAt}' as due_at
       from log.events where type = 'WorkflowStarted' and data like $1 order by position`,
    [`%"workflowId":"${workflowId}"%`],
  );
  return rows.map(({ due_at }) => due_at);
};
it('fires each time once, also when the executor that holds the schedule is killed', async () => {
  const graph = chain(
    canvasNode('begin', 'schedule-trigger', { everyMs: 1_000 }),
    canvasNode('work', 'noop'),
  );
  const id = await save(person, graph);
  await person.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
  await until(async () => (await started(id)).length >= 2);
  await one.kill();
  const before = (await started(id)).length;
  await until(async () => (await started(id)).length >= before + 4);
  await person.call('PUT', `/workflows/${id}/schedule`, { enabled: false });
  const times = (await started(id)).map((due) => Date.parse(due)).sort((a, b) => a - b);
  const [first = 0] = times;
  expect(times).toEqual(times.map((_, index) => first + index * 1_000));
});

it('fires once for two executors that both see it due', async () => {
  await one.start();
  const graph = chain(
    canvasNode('begin', 'schedule-trigger', { cron: '* * * * *', catchUp: 'all' }),
    canvasNode('work', 'noop'),
  );
  const id = await save(person, graph);
  await person.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
  // Takes the shards away from whoever holds them while a long row of firings is under way.
  await until(async () => {
    const { rowCount } = await pool.query(
      `update engine.schedules set due_at = date_trunc('minute', clock_timestamp()) - interval '${firings} minutes'
        where workflow_id = $1`,
      [id],
    );
    return rowCount === 1;
  });
  await until(async () => (await started(id)).length >= 5);
  await pool.query('update engine.shards set owner = null, epoch = epoch + 1, beat = beat + 1');
  await until(async () => (await started(id)).length > firings);
  await person.call('PUT', `/workflows/${id}/schedule`, { enabled: false });
  const dues = await started(id);
  expect(new Set(dues).size).toBe(dues.length);
});
