import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { createDesk } from '../cli/command.ts';
import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import {
  call,
  createStudio,
  logOfItsOwn,
  newestCode,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { canvasNode, chain } from './canvas.ts';

const cli = fileURLToPath(new URL('../../studio/src/cli/main.ts', import.meta.url));
const parts = ['command-api', 'query-api', 'projectors', 'executor'] as const;
type Part = (typeof parts)[number];

let postgres: TestPostgres;
const running = new Map<Part, StudioProcess>();
const part = (name: Part): StudioProcess => running.get(name) as StudioProcess; // beforeAll made all four

beforeAll(async () => {
  postgres = await startTestPostgres();
  const secret = { SECRET_KEY: randomBytes(32).toString('hex') };
  const fixed = { DATABASE_URL: postgres.url, ...secret, ...logOfItsOwn() };
  let shared: string | undefined;
  for (const name of parts) {
    const env = { ...fixed, ...(shared === undefined ? {} : { DATA_DIR: shared }) };
    const args = ['serve', '--role', name];
    const process = await createStudio({ env, entry: cli, args, embedded: true });
    running.set(name, process);
    shared ??= process.dataDir; // large values lie there, for all of them
  }
});
afterAll(async () => {
  for (const each of [...running.values()].reverse()) await each.remove();
  await postgres.stop();
});

/** The first answer that is wanted, from a process that another one keeps informed. */
const eventually = async <Value>(look: () => Promise<Value>, wanted: (seen: Value) => boolean) => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const seen = await look();
    if (wanted(seen) || performance.now() > deadline) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const status = (name: Part, path: string) =>
  fetch(`${part(name).origin()}${path}`).then((answer) => answer.status);

it('starts each part alone, on an empty database, in any order', async () => {
  for (const name of ['query-api', 'command-api', 'executor', 'projectors'] as const) {
    await part(name).start();
    expect([name, await status(name, '/health/ready')]).toEqual([name, 200]);
  }
  expect(await status('executor', '/api/v1/workflows')).toBe(404);
  expect(await status('command-api', '/api/v1/workflows')).toBe(405); // writes alone
  expect(await status('query-api', '/api/v1/workflows')).toBe(401);
});

/** A signed-in person who writes at one port and reads at another. */
const signedIn = async (email: string) => {
  const [commands, reads] = [part('command-api'), part('query-api')];
  await call(commands.origin(), 'POST', '/auth/request-otp', { body: { email } });
  const code = await newestCode(commands.dataDir);
  const { body } = await call(commands.origin(), 'POST', '/auth/verify-otp', {
    body: { email, code },
  });
  const headers = { authorization: `Bearer ${String(body.access_token)}` };
  const post = async (path: string, json: object) => {
    const answer = await call(commands.origin(), 'POST', path, { body: json, headers });
    expect([path, answer.status]).toEqual([path, path === '/workflows' ? 201 : 202]);
    return answer;
  };
  const get = (path: string, more: Record<string, string> = {}) =>
    call(reads.origin(), 'GET', path, { headers: { ...headers, ...more } });
  const completed = (id: string) =>
    eventually(
      () => get(`/executions/${id}`),
      ({ body: run }) => run.status === 'completed',
    );
  return { post, get, completed };
};

it('takes a run through all four', async () => {
  const { post, get, completed } = await signedIn('parts@example.com');
  const trigger = canvasNode('start', 'manual-trigger');
  const long = canvasNode('long', 'transform', { expression: '$pad(trigger.name, 100000, "-")' });
  const wait = canvasNode('wait', 'delay', { durationMs: 200 });
  const shout = canvasNode('shout', 'transform', {
    expression: '$length(nodes.long) & $uppercase(trigger.name)',
  });
  const saved = await post('/workflows', { name: 'Apart', ...chain(trigger, long, wait, shout) });
  // What another process wrote is waited for when the reader says up to where.
  const upTo = { 'Studio-Min-Position': saved.headers.get('studio-position') ?? '' };
  expect((await get('/workflows', upTo)).body.total).toBe(1);

  const asked = { workflow_id: saved.body.id, trigger_data: { name: 'Ada' } };
  const started = await post('/executions', asked);
  const { body } = await completed(String(started.body.id));
  expect(body).toMatchObject({ status: 'completed', output_data: '100000ADA' });
  // 100,000 characters went by way of the data folder, which the parts share.
  const events = await get(`/executions/${String(started.body.id)}/events`);
  expect(JSON.stringify(events.body)).toContain('Ada-----');
});

it('goes on when parts were away', async () => {
  const { post, completed } = await signedIn('away@example.com');
  const wait = canvasNode('wait', 'delay', { durationMs: 1_000 });
  const last = canvasNode('last', 'transform', { expression: 'trigger.name' });
  const graph = chain(canvasNode('start', 'manual-trigger'), wait, last);
  const saved = await post('/workflows', { name: 'Away', ...graph });
  await part('executor').kill();
  await part('projectors').stop();
  const asked = { workflow_id: saved.body.id, trigger_data: { name: 'Bo' } };
  const started = await post('/executions', asked);
  await part('executor').start();
  await part('projectors').start();
  const { body } = await completed(String(started.body.id));
  expect(body).toMatchObject({ status: 'completed', output_data: 'Bo' });
});

it('refuses a part that has no database to share, and a role that is none', async () => {
  const desk = await createDesk();
  try {
    const alone = await desk.studio('serve', '--role', 'executor');
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining('needs DATABASE_URL')]);
    const wrong = await desk.studio('serve', '--role', 'worker');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('query-api')]);
  } finally {
    await desk.leave();
  }
});
