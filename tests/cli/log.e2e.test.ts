import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
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
    sql(`alter table log.events disable trigger append_only; ${text};
      alter table log.events enable trigger append_only`);
  await change(set);
  try {
    await look();
  } finally {
    await change(back);
  }
};

it('verifies the log of a studio that runs', async () => {
  const { code, json } = await desk.studio('verify', '--json');
  expect([code, json()]).toEqual([0, [{ verified: true, ...(await count()) }]]);
  const one = await desk.studio('verify', '--stream', `execution-${runs[0] ?? ''}`);
  expect([one.code, one.out]).toEqual([
    0,
    expect.stringMatching(/^\d+ events of 1 streams verify\n$/),
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
  const gone = `update log.events set position = 1000000 + position where position = ${String(position)}`;
  const there = `update log.events set position = ${String(position)} where position > 1000000`;
  await tampered(gone, there, async () => {
    const { code, out } = await desk.studio('verify');
    expect([code, out]).toEqual([
      1,
      expect.stringContaining(`position ${String(position)} should`),
    ]);
  });
  expect((await desk.studio('verify')).code).toBe(0);
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
  expect([code, json()]).toEqual([0, [{ verified: true, ...before }]]);
  await expect(count()).rejects.toThrow(/ENOENT|ECONNREFUSED/);
  await studio.start();
});
