import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
import { isAlive, processesOf } from './embeddedProcess.ts';

/** `.ci/run` has these too: each makes a cluster of its own. */
const itLong =
  process.env['STUDIO_LONG'] === '1' || process.env['STUDIO_SOAK'] === '1' ? it : it.skip;

const isRoot = process.getuid?.() === 0;
let base: string;
let dataDir: string;
let running: EmbeddedPostgres[];
let lines: string[];

const start = async (folder = dataDir): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    log: (line) => lines.push(line),
    sharedFolder: join(base, 'shared'),
  });
  running.push(server);
  return server;
};

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const killHard = async (pid: number): Promise<void> => {
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await sleep(10);
};

/** A process of its own that starts the server and is then ended by kill -9, as a studio may be. */
const startAndDie = async (): Promise<number> => {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('embedded.ts', import.meta.url).href)};
    const [dataDir, sharedFolder] = process.argv.slice(1);
    const server = await startEmbeddedPostgres({ dataDir, sharedFolder, log: () => {} });
    console.log(server.pid());
    setInterval(() => {}, 1000);
  `;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, dataDir, join(base, 'shared')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [pid] = (await once(child.stdout, 'data')) as [Buffer]; // what a pipe's 'data' event carries
  child.kill('SIGKILL');
  await once(child, 'exit');
  return Number(pid.toString());
};

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'studio-embedded-'));
  chmodSync(base, 0o755);
  dataDir = join(base, 'data');
  mkdirSync(dataDir);
  running = [];
  lines = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(base, { recursive: true, force: true });
});

describe('the embedded Postgres', () => {
  it('is durable, compares bytes, and is there again with its data', async () => {
    const first = await start();
    await query(first.url, 'create table t as select 1 as n');
    const [settings] = await query(
      first.url,
      `select current_setting('server_version_num')::int / 10000 as major,
        current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit') as durable,
        current_setting('server_encoding') as encoding, 'Z' < 'a' and 'z' < 'ä' as bytes, upper('ä') as letters`,
    );
    expect(settings).toEqual({
      major: 18,
      durable: 'ononon',
      encoding: 'UTF8',
      bytes: true,
      letters: 'Ä',
    });
    await first.stop();
    expect(processesOf(join(first.home, 'data'))).toEqual([]);
    const second = await start();
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(await query(second.url, 'select n from t')).toEqual([{ n: 1 }]);
  });

  it('answers nobody without the password', async () => {
    const { url } = await start();
    const stranger = new URL(url);
    stranger.password = 'wrong';
    await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication');
    const [row] = await query(url, `select current_setting('listen_addresses') as addresses`);
    expect(row).toEqual({ addresses: '' });
  });

  it('keeps payloads out of its log, errors and broken statements included', async () => {
    const { url, home } = await start();
    await expect(query(url, `select 'a-secret'::int`)).rejects.toThrow('a-secret');
    await expect(query(url, `select 'a-secret' from nowhere`)).rejects.toThrow('nowhere');
    await query(url, `create table k (v text primary key); insert into k values ('a-secret')`);
    await expect(query(url, `insert into k values ('a-secret')`)).rejects.toThrow('duplicate');
    expect(readFileSync(join(home, 'postgres.log'), 'utf8')).not.toContain('a-secret');
  });

  it('is adopted after kill -9 of the process that started it', async () => {
    const pid = await startAndDie();
    const server = await start();
    expect(server.adopted).toBe(true);
    expect(server.pid()).toBe(pid);
    expect(await query(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
    expect(processesOf(join(server.home, 'data'))).toEqual([]);
  });

  itLong('is ended and started anew when the one left behind does not answer', async () => {
    const pid = await startAndDie();
    process.kill(pid, 'SIGSTOP');
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(isAlive(pid)).toBe(false);
  });

  itLong(
    'starts over a stale postmaster.pid, also when another process has that id now',
    async () => {
      const pid = await startAndDie();
      for (const each of processesOf(join(dataDir, 'postgres', 'data'))) await killHard(each);
      expect(isAlive(pid)).toBe(false);
      const file = join(dataDir, 'postgres', 'data', 'postmaster.pid');
      const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
      // Same account as the server, else Postgres itself sees that the id cannot be a rival's.
      const account = isRoot ? ownerOf(file) : { uid, gid };
      const stranger = spawn('sleep', ['60'], { ...account, stdio: 'ignore' });
      try {
        writeFileSync(file, readFileSync(file, 'utf8').replace(String(pid), String(stranger.pid)));
        const server = await start();
        expect(server.adopted).toBe(false);
        expect(stranger.exitCode).toBeNull();
      } finally {
        stranger.kill('SIGKILL');
      }
    },
  );

  itLong('comes back on the same address when it is killed alone', async () => {
    const server = await start();
    const pid = server.pid();
    await query(server.url, 'create table t as select 1 as n');
    await killHard(pid);
    const deadline = performance.now() + 120_000;
    while (server.pid() === pid && performance.now() < deadline) await sleep(50);
    expect(await query(server.url, 'select n from t')).toEqual([{ n: 1 }]);
    expect(lines).toContain('The embedded Postgres ended unexpectedly; starting it again.');
  });

  itLong('stops with sessions open, and twice', async () => {
    const server = await start();
    const client = new Client({ connectionString: server.url });
    client.on('error', () => undefined);
    await client.connect();
    const asleep = client.query('select pg_sleep(60)').catch(() => 'ended');
    await Promise.all([server.stop(), server.stop()]);
    expect(await asleep).toBe('ended');
    expect(isAlive(server.pid())).toBe(false);
  });

  it('says why it does not start, in its own last lines', async () => {
    const server = await start();
    await server.stop();
    writeFileSync(join(server.home, 'data', 'pg_hba.conf'), 'nonsense\n');
    await expect(start()).rejects.toThrow(/^The embedded Postgres does not start: .*pg_hba\.conf/);
  });

  it('leaves no half a cluster when making it is cut short', async () => {
    mkdirSync(join(dataDir, 'postgres', 'making-1', 'base'), { recursive: true });
    const server = await start();
    expect(readdirSync(server.home).filter((name) => name.startsWith('making-'))).toEqual([]);
  });

  itLong('listens in a short folder when the data folder has a long path', async () => {
    const server = await start(join(dataDir, 'x'.repeat(90)));
    expect(await query(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    const run = new URL(server.url).searchParams.get('host') ?? '';
    expect(run).toMatch(/^\/tmp\/studio-/);
    await server.stop();
    rmSync(run, { recursive: true });
  });
});

const ownerOf = (path: string): { uid: number; gid: number } => {
  const { stdout } = spawnSync('stat', ['-c', '%u %g', path], { encoding: 'utf8' });
  const [uid, gid] = stdout.split(' ').map(Number);
  return { uid: uid ?? 0, gid: gid ?? 0 };
};

(isRoot ? describe : describe.skip)('as root', () => {
  itLong(
    'lies elsewhere when the data folder is closed, and stays there when it opens',
    async () => {
      chmodSync(base, 0o700);
      const shared = mkdtempSync(join(tmpdir(), 'studio-shared-'));
      chmodSync(shared, 0o755);
      const options = { dataDir, log: (line: string) => lines.push(line), sharedFolder: shared };
      try {
        const first = await startEmbeddedPostgres(options);
        expect(first.home.startsWith(shared)).toBe(true);
        await query(first.url, 'create table t as select 1 as n');
        await first.stop();
        chmodSync(base, 0o755);
        const second = await startEmbeddedPostgres(options);
        running.push(second);
        expect(second.home).toBe(first.home);
        expect(await query(second.url, 'select n from t')).toEqual([{ n: 1 }]);
        await second.stop();
        cpSync(dataDir, join(base, 'copy'), { recursive: true });
        await expect(
          startEmbeddedPostgres({ ...options, dataDir: join(base, 'copy') }),
        ).rejects.toThrow(`is a copy: the database in ${first.home} belongs to ${dataDir}`);
      } finally {
        for (const server of running) await server.stop();
        rmSync(shared, { recursive: true, force: true });
      }
    },
  );

  it('runs as the account that owns the data', async () => {
    const server = await start();
    const [uid] =
      readFileSync(`/proc/${server.pid()}/status`, 'utf8').match(/(?<=^Uid:\t)\d+/m) ?? [];
    expect(uid).not.toBe('0');
    expect(Number(uid)).toBe(ownerOf(join(server.home, 'data')).uid);
  });
});
