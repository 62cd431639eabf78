import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventStore, FileStorage, Head, StoredEvent, StreamName } from '@studio/contracts';
import {
  archivedTo,
  archiveLog,
  createLocalFileStorage,
  createPool,
  createPostgresEventStore,
  migrate,
  restoreArchive,
  verifyLog,
} from '@studio/infra';
import type { Pool } from 'pg';

import {
  anExecution,
  aUser,
  events,
  positionsOf,
  readBehind,
  tiny,
} from '../contract/logEvents.ts';
import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

let postgres: TestPostgres;
let pool: Pool;
let folder: string;
let files: FileStorage;
let store: EventStore;
let whole: readonly StoredEvent[];
/** Wholly in the archive, across its border, and begun before it. */
const [old, across, young] = [anExecution(), anExecution(), aUser()];
const heads = new Map<StreamName, Head>();

const append = async (stream: StreamName, count: number): Promise<void> => {
  heads.set(
    stream,
    await store.append(stream, heads.get(stream) ?? 'no_stream', events(count, tiny)),
  );
};

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'test' });
  await migrate(pool);
  folder = await mkdtemp(join(tmpdir(), 'studio-archive-'));
  files = createLocalFileStorage(folder);
  store = await createPostgresEventStore({ url: postgres.url, archive: files });
  for (let round = 0; round < 6; round += 1) {
    await append(old, 500);
    await append(across, 500);
    await append(anExecution(), 1_000);
  }
  for (let round = 0; round < 3; round += 1) {
    await append(across, 500);
    await append(young, 500);
  }
  whole = await readBehind(store, { after: 0n });
});
afterAll(async () => {
  await store.close();
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true });
});

const ofStream = (stream: StreamName): StoredEvent[] =>
  whole.filter((event) => event.stream === stream);
const inTable = async (): Promise<number> =>
  Number((await pool.query<{ n: string }>('select count(*) as n from log.events')).rows[0]?.n);
const blocksOf = (dryRun: boolean) =>
  Array.fromAsync(archiveLog({ pool, store, files }, { keep: 2_000, dryRun }));

const expectTheSameStream = async (log: EventStore, stream: StreamName): Promise<void> => {
  const stored = ofStream(stream);
  expect(await log.head(stream)).toEqual(heads.get(stream));
  const pages = [
    [0, 1_000],
    [700, 900],
    [2_400, 1_000],
    [9_999, 10],
  ] as const;
  for (const [from, limit] of pages) {
    const page = await log.readStream(stream, { from, limit });
    expect(page).toEqual(stored.slice(from, from + limit));
    const back = await log.readStream(stream, { from, limit, backwards: true });
    expect(back).toEqual(
      stored
        .slice(0, from + 1)
        .reverse()
        .slice(0, limit),
    );
  }
};

const expectTheSameLog = async (log: EventStore): Promise<void> => {
  expect(await readBehind(log, { after: 0n })).toEqual(whole);
  expect(await readBehind(log, { after: 7_777n, limit: 333 })).toEqual(whole.slice(7_777));
  for (const stream of [old, across, young]) await expectTheSameStream(log, stream);
  const filter = { categories: ['user'] } as const;
  const aborter = new AbortController();
  const followed: StoredEvent[] = [];
  for await (const batch of log.subscribe({ after: 0n, filter, signal: aborter.signal })) {
    followed.push(...batch.events);
    if (batch.upTo >= (whole.at(-1)?.position ?? 0n)) aborter.abort();
  }
  expect(positionsOf(followed)).toEqual(positionsOf(ofStream(young)));
  expect(await verifyLog({ store: log, gapless: true, files: null, head: null })).toMatchObject({
    problem: null,
    events: whole.length,
  });
};

it('a dry run says what it would move, and moves nothing', async () => {
  const blocks = await blocksOf(true);
  expect(blocks.map(({ firstPosition, lastPosition }) => [firstPosition, lastPosition])).toEqual([
    [1n, 5_000n],
    [5_001n, 10_000n],
  ]);
  expect(await inTable()).toBe(whole.length);
  expect(await archivedTo(pool)).toBe(0n);
});

it('nothing leaves the table that is not archived', async () => {
  await expect(pool.query('delete from log.events where position = 1')).rejects.toThrow(
    'append-only',
  );
});

it('events that were moved into files are read, found and counted as before', async () => {
  const open = await createPostgresEventStore({ url: postgres.url, archive: files });
  const moving = blocksOf(false);
  const seen = { moved: false };
  void moving.finally(() => (seen.moved = true));
  while (!seen.moved)
    expect(await readBehind(store, { after: 3_333n })).toEqual(whole.slice(3_333)); // meanwhile too
  await moving;
  expect(await archivedTo(pool)).toBe(10_000n);
  expect(await inTable()).toBe(whole.length - 10_000);
  await expectTheSameLog(store);
  await expectTheSameLog(open); // was open before, and moved nothing itself
  await open.close();
});

it('an archived stream exists: it goes on from its head, and is opened no second time', async () => {
  await expect(store.append(old, 'no_stream', events(1))).rejects.toMatchObject({
    ...{ code: 'append.conflict', actual: 2_999 },
  });
  const [first] = ofStream(old);
  if (!first) throw new Error('the stream has events');
  const stale = { revision: 0, hash: first.hash, position: first.position };
  await expect(store.append(old, stale, events(1))).rejects.toMatchObject({
    ...{ code: 'append.conflict', actual: 2_999 },
  });
  const retried = ofStream(old).slice(0, 500);
  expect(await store.append(old, 'no_stream', retried)).toMatchObject({ revision: 499 });
  const before = whole.length;
  await append(old, 2);
  expect(heads.get(old)).toMatchObject({ revision: 3_001 });
  whole = [...whole, ...(await readBehind(store, { after: BigInt(before) }))];
  await expectTheSameLog(store);
});

it('a block that is missing or has other bytes is named, never passed over', async () => {
  const [name = ''] = await readdir(join(folder, 'archive'));
  const [file = ''] = await readdir(join(folder, 'archive', name));
  const path = join(folder, 'archive', name, file);
  const bytes = await readFile(path);
  const fresh = await createPostgresEventStore({ url: postgres.url, archive: files });
  const reading = (): Promise<unknown> => readBehind(fresh, { after: 0n });
  await writeFile(path, Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')]));
  await expect(reading()).rejects.toMatchObject({ code: 'log.corrupt' });
  await rm(path);
  await expect(reading()).rejects.toMatchObject({ code: 'log.corrupt' });
  await writeFile(path, bytes);
  expect(await reading()).toEqual(whole);
  await fresh.close();
});

it('what was archived can be brought back', async () => {
  await Array.fromAsync(restoreArchive({ pool, files }));
  expect(await archivedTo(pool)).toBe(0n);
  expect(await inTable()).toBe(whole.length);
  await expectTheSameLog(store);
});
