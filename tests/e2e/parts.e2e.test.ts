import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
/** Kinds of one's own, in a folder that is no part of the product's. */
let kindsDir: string;
const running = new Map<Part, StudioProcess>();
const part = (name: Part): StudioProcess => running.get(name) as StudioProcess; // beforeAll made all four

beforeAll(async () => {
  postgres = await startTestPostgres();
  kindsDir = await mkdtemp(join(tmpdir(), 'studio-kinds-'));
  await cp(new URL('../../examples/kinds', import.meta.url), kindsDir, { recursive: true });
  const secret = { SECRET_KEY: randomBytes(32).toString('hex') };
  const fixed = { DATABASE_URL: postgres.url, KINDS_DIR: kindsDir, ...secret, ...logOfItsOwn() };
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
  await rm(kindsDir, { recursive: true });
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
  const rows = canvasNode('rows', 'csv-table', { text: 'name,age\n{{ trigger.name }},36' });
  const shout = canvasNode('shout', 'transform', {
    expression: '$length(nodes.long) & $uppercase(nodes.rows[0].name)',
  });
  const saved = await post('/workflows', {
    name: 'Apart',
    ...chain(trigger, long, wait, rows, shout),
  });
  // What another process wrote is waited for when the reader says up to where.
  const upTo = { 'Studio-Min-Position': saved.headers.get('studio-position') ?? '' };
  const listed = await eventually(
    () => get('/workflows', upTo),
    ({ headers }) => headers.get('studio-stale') === null,
  );
  expect(listed.body.total).toBe(1);

  const asked = { workflow_id: saved.body.id, trigger_data: { name: 'Ada' } };
  const started = await post('/executions', asked);
  const { body } = await completed(String(started.body.id));
  expect(body).toMatchObject({ status: 'completed', output_data: '100000ADA' });
  // 100,000 characters went by way of the data folder, which the parts share.
  const events = await get(`/executions/${String(started.body.id)}/events`);
  expect(JSON.stringify(events.body)).toContain('Ada-----');
});

it('shows the kinds of its folder beside its own', async () => {
  const { get } = await signedIn('kinds@example.com');
  const { body: kinds } = await get('/node-kinds');
  expect(kinds).toContainEqual(expect.objectContaining({ kind: 'csv-table', origin: 'own' }));
  expect(kinds).toContainEqual(expect.objectContaining({ kind: 'delay', origin: 'built-in' }));
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
    const alone = await desk.begin('serve', '--role', 'executor').ended;
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining('needs DATABASE_URL')]);
    const wrong = await desk.begin('serve', '--role', 'worker').ended;
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('query-api')]);
  } finally {
    await desk.leave();
  }
});

it('does not start with a kind that is not as it must be, and names the file', async () => {
  const desk = await createDesk({ KINDS_DIR: 'kinds' });
  try {
    await cp(kindsDir, join(desk.home, 'kinds'), { recursive: true });
    const put = (name: string, text: string) => writeFile(join(desk.home, 'kinds', name), text);
    await put('broken.ts', 'export const a = {');
    await put('empty.mjs', '');
    await put('merge.mjs', `export { notify } from './notify.ts';`);
    await put('old.js', '');
    const { code, err } = await desk.begin('serve').ended;
    expect([code, err.trim().split('\n')]).toEqual([
      1,
      [
        'KINDS_DIR: old.js: a kind is a .ts or an .mjs file',
        expect.stringMatching(/^KINDS_DIR: broken\.ts: cannot be loaded: ./),
        expect.stringMatching(/^KINDS_DIR: empty\.mjs: exports no kind/),
        'KINDS_DIR: notify.ts: notify@1 is in merge.mjs already',
      ],
    ]);
  } finally {
    await desk.leave();
  }
});
