import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { erased, eventSchemas, type EventStore, markedFields } from '@studio/contracts';
import {
  createEventLog,
  createInMemoryKeyRing,
  createLocalFileStorage,
  createPool,
  createPostgresEventStore,
  migrate,
  type Upcasters,
} from '@studio/infra';
import type { Pool } from 'pg';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import {
  fixedNonces,
  historiesFolder,
  keyBytes,
  keyIds,
  readVectors,
  vectorAppends,
} from './vectors.ts';

const vectors = readVectors();
const goldenFiles = fileURLToPath(new URL('files', historiesFolder));
const sent = vectorAppends
  .flatMap(({ events }) => events)
  .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));

/** The way from the sample version 1 of NodeFailed, which did not know `handled`. */
const upcasters: Upcasters = { NodeFailed: { 1: (data) => ({ ...data, handled: false }) } };

let postgres: TestPostgres;
let pool: Pool;
let store: EventStore;
let folder = '';

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'vectors', maxConnections: 2 });
  await migrate(pool);
  store = await createPostgresEventStore({ url: postgres.url });
  folder = await mkdtemp(join(tmpdir(), 'studio-vectors-'));
  const log = createEventLog({
    store,
    keys: createInMemoryKeyRing(keyBytes),
    files: createLocalFileStorage(folder),
    random: fixedNonces(),
  });
  for (const { stream, events, keys } of vectorAppends)
    await log.append(stream, (await log.head(stream)) ?? 'no_stream', events, keys);
});
afterAll(async () => {
  await store.close();
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true });
});

/** The log as one reads it whose ring knows the keys of the vectors, the forgotten run's being deleted. */
const readerLog = () => {
  const known = [...keyBytes].filter(([keyId]) => keyId !== keyIds.forgottenRun);
  const files = createLocalFileStorage(folder);
  return createEventLog({ store, keys: createInMemoryKeyRing(known), files, upcasters });
};
const readAll = async (reading: 'open' | 'sealed') => {
  const signal = AbortSignal.timeout(60_000);
  const events = [];
  for await (const batch of readerLog().subscribe({ after: 0n, signal }, reading)) {
    events.push(...batch.events);
    if (events.length >= vectors.events.length) break;
  }
  return events;
};

describe('the golden vectors', () => {
  it('are what the code of today writes, byte for byte', async () => {
    const { events } = await store.readAll({ after: 0n });
    const lying = events.map((event) => ({ ...event, position: Number(event.position) }));
    expect(lying).toEqual(vectors.events);
  });

  it('have the files that the code of today writes', async () => {
    const golden = await readdir(goldenFiles, { recursive: true, withFileTypes: true });
    const names = golden.filter((entry) => entry.isFile());
    expect(names).toHaveLength(3);
    for (const { parentPath, name } of names) {
      const workspace = parentPath.slice(goldenFiles.length + 1);
      const written = await readFile(join(folder, workspace, name.slice(0, 2), name));
      expect(written.equals(await readFile(join(parentPath, name)))).toBe(true);
    }
  });

  it('open to what was sent, in the newest version', async () => {
    const open = await readAll('open');
    const forgotten = open.filter(({ data }) => JSON.stringify(data).includes('$erased'));
    expect(forgotten.map(({ type, revision }) => [type, revision])).toEqual([
      ['WorkflowStarted', 0],
      ['WorkflowCancelled', 1],
    ]);
    for (const event of open) {
      const original = sent.find(({ eventId }) => eventId === event.eventId);
      if (forgotten.includes(event)) continue;
      const newer = event.type === 'NodeFailed' ? { handled: false } : {};
      expect(event.data).toEqual({ ...original?.data, ...newer });
    }
    const failed = open.find(({ type }) => type === 'NodeFailed');
    expect(failed?.metadata.schemaVersion).toBe(2);
  });

  it('yield Erased where the key is gone', async () => {
    const gone = erased(keyIds.forgottenRun);
    const run = (await readAll('open')).filter(({ data }) =>
      JSON.stringify(data).includes('$erased'),
    );
    expect(run.map(({ data }) => data)).toEqual([
      expect.objectContaining({ trigger: gone, context: gone, workflowName: 'Grüße 🌍' }),
      { reason: gone },
    ]);
  });

  it('stay sealed and claimed for a reader that asks for no more', async () => {
    const sealed = await readAll('sealed');
    for (const event of sealed) {
      if (event.type === 'NodeFailed') continue; // upcast, also here
      const lying = vectors.events.find(({ eventId }) => eventId === event.eventId);
      expect(JSON.stringify(event.data)).toBe(lying?.data);
    }
  });

  it('name every field that the schemas mark, so that an outsider knows what is sealed', () => {
    const marked = Object.entries(eventSchemas).flatMap(([type, schema]) =>
      markedFields(schema).map(({ path, sealedBy }) => [
        type,
        `/${path.join('/')}`,
        sealedBy ? 'sealed' : 'large',
      ]),
    );
    const golden = Object.entries(vectors.marked).flatMap(([type, fields]) =>
      Object.entries(fields).map(([pointer, mark]) => [type, pointer, mark]),
    );
    // A mark may be added for a new field; one that was written stays for ever.
    expect(marked).toEqual(expect.arrayContaining(golden));
  });

  it('verify as a dump of the table, and a change in the dump is named', async () => {
    const { rows } = await pool.query<{ line: string }>(
      'select row_to_json(e)::text as line from log.events e order by position',
    );
    const dump = join(folder, 'dump.ndjson');
    const given = join(folder, 'given.json');
    const verify = () => {
      const verifier = fileURLToPath(new URL('verify.mjs', historiesFolder));
      return spawnSync(process.execPath, [verifier, dump, given, folder], { encoding: 'utf8' });
    };
    await writeFile(given, JSON.stringify(vectors));
    await writeFile(dump, rows.map(({ line }) => `${line}\n`).join(''));
    expect(verify().stdout).toBe('20 events of 5 streams verify\n');
    await writeFile(
      dump,
      rows.map(({ line }) => `${line.replace('"MemberAdded"', '"MemberLeft"')}\n`).join(''),
    );
    const { status, stderr } = verify();
    expect(status).toBe(1);
    expect(stderr).toContain('position 5 (workspace-');
  });
});
