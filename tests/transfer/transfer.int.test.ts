import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventStore, FileStorage, StoredEvent } from '@studio/contracts';
import {
  checkExport,
  createEventStoreDbStore,
  createInMemoryEventStore,
  createInMemoryFileStorage,
  createPool,
  createPostgresEventStore,
  exportLog,
  exportState,
  importLog,
  importState,
  migrate,
  verifyLog,
} from '@studio/infra';
import type { Pool } from 'pg';

import { anEvent, anExecution, events, readBehind, writeAlone } from '../contract/logEvents.ts';
import { aPrefix, namedServer } from '../fixtures/eventStoreDb.ts';
import { startImitationApart } from '../fixtures/eventStoreDbImitation/apart.ts';
import { freshDatabase, startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

let server: TestPostgres;
let databases: TestPostgres[];
let pools: Pool[];
let stores: EventStore[];
let folder: string;
const files = createInMemoryFileStorage();
const definition = Buffer.from('what is too large for an event');
const sha256 = createHash('sha256').update(definition).digest('hex');
const file = { ref: `workspace-1/${sha256}`, sha256, bytes: definition.length };
let imitation: Awaited<ReturnType<typeof startImitationApart>>;
beforeAll(async () => {
  imitation = await startImitationApart();
  server = await startTestPostgres();
  databases = [await freshDatabase(server.url), await freshDatabase(server.url)];
  pools = databases.map(({ url }) => createPool({ url, applicationName: 'test' }));
  for (const pool of pools) await migrate(pool);
  stores = await Promise.all(databases.map(({ url }) => createPostgresEventStore({ url })));
  folder = await mkdtemp(join(tmpdir(), 'studio-export-'));
  const [from] = stores;
  if (!from) throw new Error('two stores were made');
  await Promise.all(Array.from({ length: 6 }, () => writeAlone(from, 30)));
  const big = { data: JSON.stringify('x'.repeat(200_000)), metadata: '{}' };
  const head = await from.append(anExecution(), 'no_stream', events(2, big));
  expect(head.revision).toBe(1);
  const odd = { data: '{"lone":"\\ud800","separators":"\u2028\u2029\u0085"}' };
  await from.append(anExecution(), 'no_stream', [anEvent(odd)]);
  await files.put(file.ref, definition);
  const started = {
    type: 'WorkflowStarted',
    data: JSON.stringify({ definition: { $claim: file } }),
  };
  await from.append(anExecution(), 'no_stream', [anEvent(started)]);
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await Promise.all(pools.map((pool) => pool.end()));
  for (const database of databases) await database.stop();
  await server.stop();
  await imitation.stop();
  await rm(folder, { recursive: true });
});

const storeAt = (index: number): EventStore => {
  const store = stores[index];
  if (!store) throw new Error('two stores were made');
  return store;
};
const poolAt = (index: number): Pool => {
  const pool = pools[index];
  if (!pool) throw new Error('two pools were made');
  return pool;
};
const hasKey = () => Promise.resolve(true);
const beside = createInMemoryFileStorage();
const exported = (store: EventStore, into = folder, from = files) =>
  exportLog({ store, folder: into, gapless: false, hasKey, files: from, target: beside });
const imported = async (store: EventStore, source = beside): Promise<void> => {
  await checkExport(folder);
  await importLog({
    ...{ store, folder, files: createInMemoryFileStorage() },
    source: { files: source, hasKey },
  });
};
const withoutPositions = async (store: EventStore): Promise<Partial<StoredEvent>[]> =>
  (await readBehind(store, { after: 0n })).map(({ position: _, ...event }) => event);

it('an export that was cut short goes on where it stopped', async () => {
  const whole = await exported(storeAt(0));
  expect(whole).toMatchObject({ events: 184, streams: 9, files: 1 });
  const text = await readFile(join(folder, 'log.ndjson'), 'utf8');
  await rename(join(folder, 'log.ndjson'), join(folder, 'log.ndjson.part'));
  await writeFile(join(folder, 'log.ndjson.part'), text.slice(0, 40_000)); // in the middle of a line
  expect(await exported(storeAt(0))).toEqual(whole);
  expect(await readFile(join(folder, 'log.ndjson'), 'utf8')).toBe(text);
});

it('a file that is missing or altered ends the export and the import', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'studio-export-'));
  const without = createInMemoryFileStorage();
  await expect(exported(storeAt(0), elsewhere, without)).rejects.toMatchObject({
    ...{ code: 'log.corrupt', message: expect.stringContaining(`${file.ref} is missing`) },
  });
  const altered: FileStorage = {
    ...beside,
    get: () => Promise.resolve(Buffer.from('other bytes')),
  };
  const empty = createInMemoryEventStore();
  await expect(imported(empty, altered)).rejects.toThrow(`${file.ref} has other bytes`);
  expect((await withoutPositions(empty)).map(({ type }) => type)).not.toContain('WorkflowStarted');
  await rm(elsewhere, { recursive: true });
});

it('a folder with the beginning of an export of another log is refused', async () => {
  const path = join(folder, 'log.ndjson');
  await rename(path, `${path}.part`);
  await expect(exported(createInMemoryEventStore())).rejects.toMatchObject({
    code: 'append.conflict',
  });
  await rename(`${path}.part`, path);
});

it('an export that is not what was written is refused before anything is stored', async () => {
  const path = join(folder, 'log.ndjson');
  const text = await readFile(path, 'utf8');
  const lines = text.trimEnd().split('\n');
  const damaged = [
    text.replace('NodeCompleted', 'NodeCompletes'),
    `${lines.slice(0, -1).join('\n')}\n`,
    `${lines.toSpliced(5, 1).join('\n')}\n`,
    `${lines.slice(1).join('\n')}\n`,
    `${lines.toSpliced(-2, 1).join('\n')}\n`,
    `${text}${lines[0] ?? ''}\n`,
  ];
  const empty = createInMemoryEventStore();
  for (const bad of damaged) {
    await writeFile(path, bad);
    await expect(imported(empty)).rejects.toMatchObject({ code: 'log.corrupt' });
  }
  expect(await empty.lastPosition()).toBe(0n);
  await writeFile(path, text);
});

it('another store takes it with the same ids and hashes, in the same order, resumed or not', async () => {
  const between = createInMemoryEventStore();
  const url = namedServer() ?? imitation.url;
  const apart = await createEventStoreDbStore({ url, prefix: aPrefix() });
  let appends = 0;
  const breaking: EventStore = {
    ...storeAt(1),
    append: (...append) => {
      appends += 1;
      if (appends === 50) throw new Error('the machine went away');
      return storeAt(1).append(...append);
    },
  };
  await imported(between);
  await imported(apart);
  await expect(imported(breaking)).rejects.toThrow('went away');
  await imported(storeAt(1));
  await imported(storeAt(1)); // all there: nothing is stored twice
  const original = await withoutPositions(storeAt(0));
  for (const store of [between, apart, storeAt(1)]) {
    expect(await withoutPositions(store)).toEqual(original);
    const parts = { store, gapless: store !== apart, files: null, head: null };
    expect(await verifyLog(parts)).toMatchObject({ problem: null, events: 184 });
  }
  const back = await mkdtemp(join(tmpdir(), 'studio-export-'));
  const again = await exported(apart, back, beside);
  expect(again).toMatchObject({ storeId: apart.storeId, events: 184, files: 1 });
  await apart.close();
  await rm(back, { recursive: true });
});

it('a log that holds anything else is refused', async () => {
  const other = createInMemoryEventStore();
  await other.append(anExecution(), 'no_stream', events(1));
  await expect(imported(other)).rejects.toMatchObject({ code: 'append.conflict' });
  expect(await other.lastPosition()).toBe(1n);
  await storeAt(1).append(anExecution(), 'no_stream', events(1));
  await expect(imported(storeAt(1))).rejects.toMatchObject({ code: 'append.conflict' });
});

it('state goes with it, sealed, and comes back whole or not at all', async () => {
  const master = randomBytes(32);
  const [from, to] = [poolAt(0), poolAt(1)];
  await from.query(`insert into state.data_keys (key_id, wrapped)
    select gen_random_uuid(), decode(repeat('ab', 60), 'hex') from generate_series(1, 2500)`);
  await from.query(`insert into state.accounts values ('\\x01', gen_random_uuid(), now());
    insert into state.sessions values ('00000000-0000-4000-8000-000000000001', gen_random_uuid(), gen_random_uuid(), now(), now());
    insert into state.refresh_tokens values ('\\x02', '00000000-0000-4000-8000-000000000001', now(), null)`);
  const rows = await exportState(from, master, folder);
  expect(rows).toBe(2_503);
  const path = join(folder, 'state.sealed');
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain('data_keys');
  await expect(importState(to, randomBytes(32), folder)).rejects.toMatchObject({
    code: 'log.corrupt',
  });
  await writeFile(path, `${text.split('\n').slice(0, -2).join('\n')}\n`);
  await expect(importState(to, master, folder)).rejects.toMatchObject({ code: 'log.corrupt' });
  const stateOf = async (pool: Pool) =>
    (
      await pool.query(`select to_jsonb(k) as row from state.data_keys k union all select to_jsonb(a) from state.accounts a
      union all select to_jsonb(s) from state.sessions s union all select to_jsonb(t) from state.refresh_tokens t order by 1`)
    ).rows;
  expect(await stateOf(to)).toEqual([]);
  await writeFile(path, text);
  expect(await importState(to, master, folder)).toBe(rows);
  expect(await importState(to, master, folder)).toBe(rows);
  expect(await stateOf(to)).toEqual(await stateOf(from));
  await appendFile(path, 'AAAA\n');
  await expect(importState(to, master, folder)).rejects.toMatchObject({ code: 'log.corrupt' });
});
