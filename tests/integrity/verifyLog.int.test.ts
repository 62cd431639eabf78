import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { EventStore, EventToAppend, StreamName } from '@studio/contracts';
import {
  chainHash,
  createPool,
  createPostgresEventStore,
  createSignedHeads,
  headSigningKey,
  type LogHead,
  migrate,
  readSignedHead,
  type SignedHeads,
  startHeadWatch,
  systemClock,
  type Verdict,
  verifyLog,
  verifyStream,
} from '@studio/infra';
import type { Pool } from 'pg';

import { anEvent, anExecution, events } from '../contract/logEvents.ts';
import { freshDatabase, startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

const key = headSigningKey(randomBytes(32));

let server: TestPostgres;
let database: TestPostgres;
let pool: Pool;
let store: EventStore;
let heads: SignedHeads;
let folder: string;
const [one, two] = [anExecution(), anExecution()];

beforeAll(async () => {
  server = await startTestPostgres();
});
afterAll(() => server.stop());

/** Two streams, their events in turn: positions 1, 3, 5, 7 and 2, 4, 6, 8. */
beforeEach(async () => {
  database = await freshDatabase(server.url);
  pool = createPool({ url: database.url, applicationName: 'test' });
  await migrate(pool);
  store = await createPostgresEventStore({ url: database.url });
  folder = await mkdtemp(join(tmpdir(), 'studio-heads-'));
  heads = createSignedHeads(folder);
  let [first, second] = [
    await store.append(one, 'no_stream', events(1)),
    await store.append(two, 'no_stream', events(1)),
  ];
  for (let round = 0; round < 3; round += 1) {
    first = await store.append(one, first, events(1));
    second = await store.append(two, second, events(1));
  }
});
afterEach(async () => {
  await store.close();
  await pool.end();
  await database.stop();
  await rm(folder, { recursive: true });
});

const troubles: unknown[] = [];
const watching = () =>
  startHeadWatch({
    ...{ store, heads, key, clock: systemClock, everyMs: 20 },
    onTrouble: (error) => troubles.push(error),
  });
const signNow = (): Promise<void> => watching().stop();
const signed = async (): Promise<LogHead | null> => {
  const file = await heads.read(store.storeId);
  return file === null ? null : readSignedHead(file, key.publicKey);
};
const verified = async (head: LogHead | null = null): Promise<Verdict> =>
  verifyLog({ store, head, gapless: true, files: null });

/** What someone does who has the database to himself. */
const tamper = async (sql: string): Promise<void> => {
  await pool.query(`begin; alter table log.events disable trigger user; ${sql};
    alter table log.events enable trigger user; commit`);
};
/** Puts the chain of a stream right again from a revision on, as a forger can who knows how it is made. */
const rechain = async (stream: StreamName): Promise<void> => {
  const stored = await store.readStream(stream);
  let hash = '';
  for (const event of stored) {
    hash = event.revision === 0 ? event.hash : chainHash(hash, event);
    await tamper(`update log.events set hash = '\\x${hash}'
      where stream = '${stream}' and revision = ${event.revision}`);
  }
};
const at = (position: bigint): string => `position = ${position}`;
const row = ({ eventId, type, data, metadata }: EventToAppend): string =>
  `'${eventId}', '${type}', '${data}', '${metadata}'`;
/** Makes room at a position, and in a stream from a revision on. */
const makeRoom = (position: number, stream: StreamName, revision: number): string => `
  update log.events set position = position + 1000 where position >= ${position};
  update log.events set position = position - 999 where position > 1000;
  update log.events set revision = revision + 1000
   where stream = '${stream}' and revision >= ${revision};
  update log.events set revision = revision - 999 where revision >= 1000`;
const closeGap = (position: number, stream: StreamName, revision: number): string => `
  delete from log.events where position = ${position};
  update log.events set position = -position where position > ${position};
  update log.events set position = -position - 1 where position < 0;
  update log.events set revision = -revision where stream = '${stream}' and revision > ${revision};
  update log.events set revision = -revision - 1 where revision < 0`;
const swap = (a: number, b: number): string => `
  update log.events set position = -1 where ${at(BigInt(a))};
  update log.events set position = ${a} where ${at(BigInt(b))};
  update log.events set position = ${b} where position = -1`;

it('verifies what was written, and says what it looked at', async () => {
  await signNow();
  expect(await verified(await signed())).toEqual({
    ...{ problem: null, events: 8, streams: 2, files: 0, erasedFiles: 0 },
  });
});

it.each(['data', 'metadata', 'type'])('names an event whose %s was altered', async (column) => {
  await tamper(`update log.events set ${column} = ${column} || ' ' where ${at(5n)}`);
  const altered = { problem: 'the hash is not of these bytes', at: { position: 5n, stream: one } };
  expect(await verified()).toMatchObject(altered);
  const parts = { store, head: null, gapless: true, files: null };
  expect(await verifyStream(parts, one)).toMatchObject(altered);
  expect(await verifyStream(parts, two)).toMatchObject({ problem: null, events: 4 });
});

it('names an event whose id was altered, and one whose hash was', async () => {
  await tamper(`update log.events set hash = sha256('x') where ${at(6n)}`);
  expect(await verified()).toMatchObject({ at: { position: 6n } });
  await tamper(`update log.events set event_id = gen_random_uuid() where ${at(2n)}`);
  expect(await verified()).toMatchObject({ at: { position: 2n } });
});

it('names what stands in the place of an event that was removed', async () => {
  await tamper(`delete from log.events where ${at(4n)}`);
  expect(await verified()).toMatchObject({
    ...{ problem: 'position 4 should be here', at: { position: 5n } },
  });
});

it('names what stands there also when the gap was closed', async () => {
  await tamper(closeGap(4, two, 1));
  expect(await verified()).toMatchObject({
    ...{ problem: 'the hash is not of these bytes', at: { stream: two, revision: 1 } },
  });
});

it('names an event that was put in', async () => {
  const forged = anEvent();
  await tamper(`${makeRoom(5, one, 2)};
    insert into log.events (position, stream, revision, event_id, type, data, metadata, hash)
    values (5, '${one}', 2, ${row(forged)}, sha256('x'))`);
  expect(await verified()).toMatchObject({ at: { eventId: forged.eventId, position: 5n } });
});

it('names an event that stands before its turn', async () => {
  await tamper(swap(3, 5));
  expect(await verified()).toMatchObject({
    ...{ problem: 'revision 1 should be here', at: { position: 3n, stream: one, revision: 2 } },
  });
});

it('sees by the signed head that the last event was removed', async () => {
  await signNow();
  await tamper(`delete from log.events where ${at(8n)}`);
  expect(await verified()).toMatchObject({ problem: null, events: 7 }); // the chain cannot see it
  expect(await verified(await signed())).toMatchObject({
    ...{ at: null, problem: expect.stringContaining('reaches position 7') },
  });
});

it.each([
  [
    'a stream was rewritten with hashes that fit',
    async () => {
      await tamper(`update log.events set data = '{}' where ${at(3n)}`);
      await rechain(one);
    },
  ],
  ['events of two streams changed places', () => tamper(swap(3, 4))],
  [
    'an event was put in, the rest moved and chained anew',
    async () => {
      await tamper(`${makeRoom(5, one, 2)};
      insert into log.events (position, stream, revision, event_id, type, data, metadata, hash)
      values (5, '${one}', 2, ${row(anEvent())}, sha256('x'))`);
      await rechain(one);
    },
  ],
  [
    'an event was removed, the rest moved and chained anew',
    async () => {
      await tamper(closeGap(3, one, 1));
      await rechain(one);
    },
  ],
])('sees by the signed head that %s', async (_, change) => {
  await signNow();
  await change();
  expect(await verified()).toMatchObject({ problem: null }); // the chains fit
  expect(await verified(await signed())).toMatchObject({
    problem: expect.stringMatching(/is not what was signed|the end is missing/),
  });
});

it('signs again and again, and a start goes on from what was signed', async () => {
  const watch = watching();
  let head = await store.head(one);
  while (((await signed())?.position ?? 0n) < 8n) await sleep(5);
  for (let round = 0; round < 20; round += 1) {
    if (!head) throw new Error('the stream exists');
    head = await store.append(one, head, events(500, { data: '{}', metadata: '{}' }));
  }
  await watch.stop();
  expect(await signed()).toMatchObject({ position: 10_008n, events: 10_008 });
  expect((await signed())?.block).toMatchObject({ events: 8_192 });
  await store.append(two, (await store.head(two)) ?? 'no_stream', events(3));
  await signNow();
  expect(await signed()).toMatchObject({ position: 10_011n });
  expect(await verified(await signed())).toMatchObject({ problem: null });
  expect(troubles).toEqual([]);
});

it('never signs a log that is no longer what was signed', async () => {
  await signNow();
  const before = await signed();
  await tamper(`update log.events set hash = sha256('x') where ${at(8n)}`);
  await store.append(anExecution(), 'no_stream', events(1));
  await signNow();
  expect(await signed()).toEqual(before);
  expect(troubles.splice(0)).toMatchObject([{ code: 'log.corrupt' }]);
});

it('believes no head that its key did not sign', async () => {
  await signNow();
  const file = join(folder, `${store.storeId}.head`);
  const text = await readFile(file, 'utf8');
  expect(readSignedHead(text, headSigningKey(randomBytes(32)).publicKey)).toBeNull();
  await writeFile(file, text.replace('"events":8', '"events":7'));
  expect(await signed()).toBeNull();
});
