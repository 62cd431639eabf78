import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { createPool, migrate } from '@studio/infra';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { startTestPostgres } from '../fixtures/postgres.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import type { Bench } from './bench.ts';
import { benchLine, newMeasured } from './benchLine.ts';
import { connections, loadInTurn, type Target } from './httpLoad.ts';
import { socketsFollowRuns } from './httpSockets.ts';
import { residentMb } from './resident.ts';

const seconds = Number(process.env['BENCH_SLICE_MS'] ?? 3_000) / 1_000;
/** One case alone, by its name. */
const only = process.env['BENCH_CASE'];
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** Limits are for people; logs and metrics stay as they are by default. */
const env = {
  RATE_LIMIT_PER_HOUR: '0',
  // Such as --cpu-prof, to see where the studio's time goes.
  ...(process.env['BENCH_NODE_OPTIONS'] ? { NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] } : {}),
};

/** A second log on the same server, so that the studio does not work on what the bare handler appends. */
const secondDatabase = async (url: string): Promise<string> => {
  const first = createPool({ url, applicationName: 'bench', maxConnections: 1 });
  await first.query('drop database if exists bare_express');
  await first.query('create database bare_express');
  await first.end();
  const second = new URL(url);
  second.pathname = '/bare_express';
  const pool = createPool({ url: second.href, applicationName: 'bench', maxConnections: 1 });
  await migrate(pool);
  await pool.query('create table bare (id uuid primary key, definition text)');
  await pool.end();
  return second.href;
};

interface Bare {
  readonly origin: string;
  /** Lets it know a workflow, by the text of its definition. */
  readonly keep: (id: string, definition: string) => Promise<void>;
  readonly end: () => void;
}

const startBare = async (READ_URL: string): Promise<Bare> => {
  const APPEND_URL = await secondDatabase(READ_URL);
  const file = fileURLToPath(new URL('bareExpress.ts', import.meta.url));
  const child: ChildProcess = fork(file, { env: { ...process.env, READ_URL, APPEND_URL } });
  const port = await new Promise((resolve) => child.once('message', resolve));
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    keep: async (id, definition) => {
      const pool = createPool({ url: APPEND_URL, applicationName: 'bench', maxConnections: 1 });
      await pool.query('insert into bare values ($1, $2)', [id, definition]);
      await pool.end();
    },
    end: () => void child.kill(),
  };
};

const workflow = chain(
  canvasNode('begin', 'manual-trigger'),
  ...['one', 'two', 'three', 'four'].map((id) =>
    canvasNode(id, 'transform', { expression: '{"n": trigger.n, "of": input}' }),
  ),
);

const oneNode = chain(canvasNode('begin', 'manual-trigger'));

interface Prepared {
  readonly ours: Target;
  readonly theirs: Target;
}

/** Ours against the bare handler at `path`. */
const preparePost = async (
  studio: StudioProcess,
  person: Person,
  bare: Bare,
  path: '/executions' | '/appends',
): Promise<Prepared> => {
  const authorization = `Bearer ${person.token}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const workflow_id = await save(person, oneNode);
  await bare.keep(workflow_id, JSON.stringify(oneNode));
  const body = JSON.stringify({ workflow_id, trigger_data: { n: 1 } });
  return {
    ours: { url: `${studio.origin()}/api/v1/executions`, method: 'POST', headers, body },
    theirs: { url: `${bare.origin}${path}`, method: 'POST', headers, body },
  };
};

const prepare = async (
  studio: StudioProcess,
  person: Person,
  bare: Bare,
): Promise<Record<string, Prepared>> => {
  const api = `${studio.origin()}/api/v1`;
  const headers = { authorization: `Bearer ${person.token}` };
  const ids: string[] = [];
  for (let count = 0; count < 30; count += 1) ids.push(await save(person, workflow));
  const run = await start(person, ids[0] ?? '', { n: 1 });
  await ended(person, run);
  const workspace = String((await person.call('GET', '/auth/me')).body.workspace_id);
  return {
    'get-workflows': {
      ours: { url: `${api}/workflows`, method: 'GET', headers },
      theirs: { url: `${bare.origin}/workflows?workspace=${workspace}`, method: 'GET', headers },
    },
    'get-execution': {
      ours: { url: `${api}/executions/${run}`, method: 'GET', headers },
      theirs: { url: `${bare.origin}/executions/${run}`, method: 'GET', headers },
    },
    'post-execution': await preparePost(studio, person, bare, '/executions'),
  };
};

const baselines: Readonly<Record<string, string>> = {
  'get-workflows': 'Express and the statements that the answer needs',
  'get-execution': 'Express and the statements that the answer needs',
  'post-execution':
    'Express, the workflow by its key, one append; ours also runs the run, in the same process',
  'post-execution-apart': 'Express, the workflow by its key, one append: runs are run elsewhere',
  'post-execution-append': 'Express and one append, whatever was asked: runs are run elsewhere',
};

const compare = async (
  name: string,
  { ours, theirs }: Prepared,
  pid: number,
  report: Parameters<Bench>[0],
): Promise<void> => {
  if (only !== undefined && only !== name) return;
  const [our, their] = [newMeasured(), newMeasured()];
  const sides = [
    { target: ours, into: our },
    { target: theirs, into: their },
  ];
  await loadInTurn(sides, { seconds, rounds });
  const line = benchLine({
    ...{ bench: 'http', case: name, concurrency: connections, unit: 'requests/s' },
    ...{ baseline: baselines[name] ?? '', ours: our, theirs: their },
  });
  report({ ...line, rss_mb: await residentMb(pid) });
};

/** Everything in one process, as `npm start` has it. */
const allInOne: Bench = async (report) => {
  const studio = await createStudio({ env });
  await studio.start();
  const person = await signIn(studio, 'bench@example.com');
  const bare = await startBare(studio.databaseUrl());
  const cases = await prepare(studio, person, bare);
  for (const [name, prepared] of Object.entries(cases))
    await compare(name, prepared, studio.pid(), report);
  bare.end();
  await studio.remove();
};

const cli = fileURLToPath(new URL('../../studio/src/cli/main.ts', import.meta.url));

const apart = [
  ['post-execution-apart', '/executions'],
  ['post-execution-append', '/appends'],
] as const;

/**
 * The command side in a process of its own: what is started is run elsewhere, here by nobody. These
 * cases compare like with like: the baseline has no run to bring forward.
 */
const commandsApart: Bench = async (report) => {
  const postgres = await startTestPostgres();
  const SECRET_KEY = randomBytes(32).toString('hex');
  const studio = await createStudio({
    env: { ...env, DATABASE_URL: postgres.url, SECRET_KEY },
    ...{ entry: cli, args: ['serve', '--role', 'command-api'], embedded: true },
  });
  await studio.start();
  const person = await signIn(studio, 'bench@example.com');
  const bare = await startBare(postgres.url);
  for (const [name, path] of apart)
    await compare(name, await preparePost(studio, person, bare, path), studio.pid(), report);
  bare.end();
  await studio.remove();
  await postgres.stop();
};

export const bench: Bench = async (report) => {
  const isApart = apart.some(([name]) => name === only);
  if (!isApart && only !== 'sockets') await allInOne(report);
  if (only === undefined || isApart) await commandsApart(report);
  if (only === undefined || only === 'sockets') await socketsFollowRuns(report);
};
