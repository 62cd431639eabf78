import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { long } from '../fixtures/length.ts';
import { createStudio, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { createDesk, type Desk } from './command.ts';

let studio: StudioProcess;
let desk: Desk;
let runs: string[];
beforeAll(async () => {
  studio = await createStudio({ embedded: true });
  await studio.start();
  const person = await signIn(studio, 'ada@example.com');
  const shout = canvasNode('shout', 'transform', { expression: 'trigger.n + 1' });
  const id = await save(person, chain(canvasNode('start', 'manual-trigger'), shout));
  runs = [await start(person, id, { n: 1 }), await start(person, id, { n: 2 })];
  for (const run of runs) await ended(person, run);
  desk = await createDesk({ DATA_DIR: studio.dataDir });
});
afterAll(async () => {
  await desk.leave();
  await studio.remove();
});

const sql = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: studio.databaseUrl() });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
};
const count = async () =>
  (
    await sql(
      'select count(*)::int as events, count(distinct stream)::int as streams from log.events',
    )
  )[0];

/** Changes the log behind its back, lets a look be taken, and puts it right again. */
const tampered = async (set: string, back: string, look: () => Promise<void>): Promise<void> => {
  const change = (text: string) =>
    sql(`alter table log.events disable trigger user; ${text};
      alter table log.events enable trigger user`);
  await change(set);
  try {
    await look();
  } finally {
    await change(back);
  }
};

it('verifies the log of a studio that runs', async () => {
  const { code, json } = await desk.studio('verify', '--json');
  const found = { verified: true, ...(await count()), files: 0, erased_files: 0 };
  expect([code, json()]).toMatchObject([0, [found]]);
  const one = await desk.studio('verify', '--stream', `execution-${runs[0] ?? ''}`);
  expect([one.code, one.out]).toEqual([
    0,
    expect.stringMatching(/^\d+ events of 1 streams verify, and 0 files;/),
  ]);
});

it('names the first event that is not what was written', async () => {
  const stream = `execution-${runs[1] ?? ''}`;
  const where = `stream = '${stream}' and revision = 1`;
  const [event] = await sql(`select position, type, event_id from log.events where ${where}`);
  const set = `update log.events set metadata = replace(metadata, '"user"', '"usor"') where ${where}`;
  const back = `update log.events set metadata = replace(metadata, '"usor"', '"user"') where ${where}`;
  const other = (text: string) =>
    text.replaceAll('"user"', '"executor"').replaceAll('"usor"', '"usecutor"');
  await tampered(other(set), other(back), async () => {
    const { code, json } = await desk.studio('verify', '--all', '--json');
    const problem = 'the hash is not of these bytes';
    expect([code, json()]).toEqual([
      1,
      [{ verified: false, first_bad: { stream, revision: 1, ...event }, problem }],
    ]);
    const good = await desk.studio('verify', '--stream', `execution-${runs[0] ?? ''}`);
    expect(good.code).toBe(0);
  });
  const { position } = event ?? {};
  // Below 0, where no reader looks: the studio that runs would take a higher one for a new event.
  const gone = `update log.events set position = -position where position = ${String(position)}`;
  const there = `update log.events set position = -position where position < 0`;
  await tampered(gone, there, async () => {
    const { code, out } = await desk.studio('verify');
    expect([code, out]).toEqual([
      1,
      expect.stringContaining(`position ${String(position)} should`),
    ]);
  });
  expect((await desk.studio('verify')).code).toBe(0);
});

it('finds events in all of the log, as they lie there', async () => {
  const { code, json } = await desk.studio('events', 'grep', runs[1] ?? '', '--json');
  expect(code).toBe(0);
  const columns = 'position, stream, revision::int, type, data::json, metadata::json';
  const whole = await sql(`select ${columns} from log.events where stream = $1 order by revision`, [
    `execution-${runs[1] ?? ''}`,
  ]);
  expect(json().slice(-whole.length)).toMatchObject(whole);
  const types = await desk.studio('events', 'grep', 'SHOUT', '--type', 'NodeCompleted');
  expect(types.out.match(/NodeCompleted/g)).toHaveLength(runs.length);
  expect((await desk.studio('events', 'grep', 'nowhere to be found')).code).toBe(3);
  expect((await desk.studio('events', 'grep', '(')).code).toBe(2);
});

it('follows the log', async () => {
  const { events = 0 } = (await count()) ?? {};
  const last = await desk.studio('events', 'tail', '--lines', '2', '--once', '--json');
  expect(last.json().map(({ position }) => Number(position))).toEqual([Number(events) - 1, events]);
  const leaving = await signIn(studio, 'bo@example.com');
  const tail = desk.begin('events', 'tail', '--lines', '1');
  const shows = async (text: string): Promise<void> => {
    while (!tail.out().includes(text) && tail.child.exitCode === null) await sleep(20);
  };
  await shows('\n'); // the last event: from here on it follows
  expect((await leaving.call('POST', '/auth/logout')).status).toBe(204);
  await shows('UserSignedOut');
  tail.child.kill();
  const { out } = await tail.ended;
  expect(out).toMatch(/^ +\d+ {2}\S+Z {2}UserSignedOut .* user-\S+ \d+$/m);
  expect(out.trimEnd().split('\n')).toHaveLength(2);
});

it('finds no stream, no database and no server, and says so', async () => {
  for (const [code, env, ...args] of [
    [3, {}, '--stream', 'execution-none'],
    [2, {}, '--stream', 'execution-none', '--all'],
    [3, { DATA_DIR: desk.home }],
    [5, { DATABASE_URL: 'postgresql://studio:secret@127.0.0.1:1/studio' }],
  ] as const) {
    const other = await createDesk({ DATA_DIR: studio.dataDir, ...env });
    const { code: ended, out, err } = await other.studio('verify', ...args);
    await other.leave();
    expect([args, env, ended, out]).toEqual([args, env, code, '']);
    expect(err).not.toContain('secret');
  }
});

it('verifies the log while no studio runs, and leaves none behind', async () => {
  const before = await count();
  await studio.stop();
  const { code, json } = await desk.studio('verify', '--json');
  const whole = { verified: true, ...before };
  const signed = { position: String(before?.['events']), signed_at: expect.any(String) };
  expect([code, json()]).toMatchObject([0, [{ ...whole, signed_head: signed }]]);
  const publicKey = join(studio.dataDir, 'keys', 'heads.pem');
  const byKey = await desk.studio('verify', '--json', '--public-key', publicKey);
  expect(byKey.json()).toMatchObject([{ verified: true, signed_head: signed }]);
  await expect(count()).rejects.toThrow(/ENOENT|ECONNREFUSED/);
  await studio.start();
});

it('sees by the signed head that the last event was removed since', async () => {
  const last = 'position = (select max(position) from log.events)';
  const [kept] = await sql(`select * from log.events where ${last}`);
  const gone = async (): Promise<void> => {
    const { code, json } = await desk.studio('verify', '--json');
    expect([code, json()]).toEqual([
      1,
      [...[{ verified: false, first_bad: null, problem: expect.stringContaining('the end is') }]],
    ]);
  };
  const columns = Object.keys(kept ?? {});
  const values = columns.map((_, index) => `$${index + 1}`).join(', ');
  await tampered(`delete from log.events where ${last}`, 'select 1', gone);
  await sql(
    `insert into log.events (${columns.join(', ')}) values (${values})`,
    Object.values(kept ?? {}),
  );
  expect((await desk.studio('verify')).code).toBe(0);
});

it('names a file that is missing or has other bytes', async () => {
  const person = await signIn(studio, 'cy@example.com');
  const long = canvasNode('long', 'transform', { expression: 'trigger.text' });
  const id = await save(person, chain(canvasNode('start', 'manual-trigger'), long));
  const run = await start(person, id, { text: 'x'.repeat(100_000) });
  await ended(person, run);
  const whole = await desk.studio('verify', '--json');
  expect(whole.json()).toMatchObject([{ verified: true, files: expect.any(Number) }]);
  const [event] = await sql(
    `select data from log.events where stream = $1 and data like '%"ref":%' limit 1`,
    [`execution-${run}`],
  );
  const ref = /"ref":"([^"]+)"/.exec(String(event?.['data']))?.[1] ?? '';
  const [workspace = '', sha256 = ''] = ref.split('/');
  const file = join(studio.dataDir, 'files', workspace, sha256.slice(0, 2), sha256);
  const bytes = await readFile(file);
  const told = async (problem: string): Promise<void> => {
    const { code, json } = await desk.studio('verify', '--json');
    expect([code, json()]).toMatchObject([1, [{ verified: false, problem }]]);
  };
  await writeFile(file, Buffer.concat([bytes.subarray(1), Buffer.from('x')]));
  await told(`file ${ref} has other bytes`);
  await rm(file);
  await told(`file ${ref} is missing`);
  await writeFile(file, bytes);
  expect((await desk.studio('verify')).code).toBe(0);
  expect((await person.call('POST', `/executions/${run}/forget`)).status).toBeLessThan(300);
  const erased = await desk.studio('verify', '--json');
  expect(erased.json()).toMatchObject([{ verified: true, erased_files: expect.any(Number) }]);
});

(long ? it : it.skip)('serves as npm start does', async () => {
  const data = join(desk.home, 'data');
  const other = await createDesk({ DATA_DIR: data, PORT: '0' });
  const { child, out, ended } = other.begin('serve');
  while (!out().includes('Ready.') && child.exitCode === null) await sleep(50);
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(out())?.[0] ?? '';
  expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0 });
  await other.leave();
});
