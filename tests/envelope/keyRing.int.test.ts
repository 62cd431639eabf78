import type { KeyObject } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataKey, KeyId, KeyRing } from '@studio/contracts';
import {
  createInMemoryKeyRing,
  createPool,
  createPostgresKeyRing,
  loadMasterKey,
  type MasterKey,
  migrate,
  newId,
} from '@studio/infra';
import type { Pool } from 'pg';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

const masterKey = (n: number): Promise<MasterKey> => {
  const bytes = Array.from({ length: 32 }, (_, index) => index + n);
  return loadMasterKey({ secretKey: Buffer.from(bytes).toString('hex'), dataDir: '' });
};

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'key-ring', maxConnections: 4 });
  await migrate(pool);
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});
beforeEach(() => pool.query('truncate state.data_keys'));

const hexOf = (key: DataKey): string => (key as unknown as KeyObject).export().toString('hex'); // what infra's rings hand out
const keyIn = async (ring: KeyRing, id: KeyId): Promise<string | undefined> => {
  const key = (await ring.get([id])).get(id);
  return key ? hexOf(key) : undefined;
};
const stored = async (): Promise<number> =>
  Number((await pool.query<{ n: string }>('select count(*) n from state.data_keys')).rows[0]?.n);

const rings: [string, () => Promise<KeyRing>][] = [
  ['Postgres', async () => createPostgresKeyRing({ pool, masterKey: await masterKey(1) })],
  ['in-memory', async () => createInMemoryKeyRing()],
];

describe.each(rings)('the %s key ring', (_, create) => {
  it('gives each run another key, and the same one for an id', async () => {
    const ring = await create();
    const ids = await Promise.all(Array.from({ length: 300 }, () => ring.reserve()));
    expect(new Set(ids).size).toBe(300);
    const keys = await ring.get(ids);
    const distinct = new Set([...keys.values()].map((key) => key && hexOf(key)));
    expect(distinct.size).toBe(300);
    expect([...distinct].every((hex) => hex?.length === 64)).toBe(true);
  });

  it('answers null for a key that was forgotten and for one that never was', async () => {
    const ring = await create();
    const [id, other] = [await ring.reserve(), await ring.reserve()];
    await ring.forget(id);
    await ring.forget(id);
    const never = newId() as KeyId; // an id without a key
    expect([...(await ring.get([id, never])).values()]).toEqual([null, null]);
    expect(await keyIn(ring, other)).toHaveLength(64);
  });

  it('takes no key from somebody who is sealing with it', async () => {
    const ring = await create();
    const id = await ring.reserve();
    const before = await keyIn(ring, id);
    const inUse = (await ring.get([id])).get(id);
    await ring.forget(id);
    expect(inUse && hexOf(inUse)).toBe(before);
  });
});

describe('the Postgres key ring', () => {
  it('makes keys ahead in batches, each on disk before it is handed out', async () => {
    const ring = createPostgresKeyRing({ pool, masterKey: await masterKey(1) });
    const id = await ring.reserve();
    expect(await stored()).toBe(256);
    const other = createPostgresKeyRing({ pool, masterKey: await masterKey(1) });
    expect(await keyIn(other, id)).toBe(await keyIn(ring, id));
  });

  it('keeps no key in the clear', async () => {
    const ring = createPostgresKeyRing({ pool, masterKey: await masterKey(1) });
    const id = await ring.reserve();
    const { rows } = await pool.query<{ dump: string }>(
      "select string_agg(encode(wrapped, 'hex'), ' ') dump from state.data_keys",
    );
    expect(rows[0]?.dump).not.toContain((await keyIn(ring, id)) ?? 'no key');
  });

  it('lets a key that was deleted elsewhere live 60 s at most, and not at all once it is evicted', async () => {
    const time = { now: 0 };
    const clock = (): number => time.now;
    const ring = createPostgresKeyRing({ pool, masterKey: await masterKey(1), clock });
    const elsewhere = createPostgresKeyRing({ pool, masterKey: await masterKey(1) });
    const [id, evicted] = [await ring.reserve(), await ring.reserve()];
    await elsewhere.forget(id);
    await elsewhere.forget(evicted);
    time.now = 60_000;
    expect(await keyIn(ring, id)).toHaveLength(64);
    ring.evict(evicted);
    expect(await keyIn(ring, evicted)).toBeUndefined();
    time.now = 60_001;
    expect(await keyIn(ring, id)).toBeUndefined();
  });

  it('says at start that another master key wrapped what is stored', async () => {
    const ring = createPostgresKeyRing({ pool, masterKey: await masterKey(1) });
    await ring.verify();
    await ring.reserve();
    await ring.verify();
    const stranger = createPostgresKeyRing({ pool, masterKey: await masterKey(2) });
    await expect(stranger.verify()).rejects.toThrow('was wrapped by another master key');
  });

  it('refuses a wrapped key that was moved to another id', async () => {
    const ring = createPostgresKeyRing({ pool, masterKey: await masterKey(1) });
    const id = await ring.reserve();
    const moved = newId() as KeyId; // an id without a key
    await pool.query('update state.data_keys set key_id = $2 where key_id = $1', [id, moved]);
    await expect(ring.get([moved])).rejects.toThrow('was wrapped by another master key');
  });

  it('says unavailable while Postgres is out of reach', async () => {
    const closed = createPool({ url: postgres.url, applicationName: 'closed', maxConnections: 1 });
    await closed.end();
    const ring = createPostgresKeyRing({ pool: closed, masterKey: await masterKey(1) });
    const failed = { kind: 'unavailable', code: 'service.unavailable' };
    await expect(ring.reserve()).rejects.toMatchObject(failed);
    await expect(ring.get([newId() as KeyId])).rejects.toMatchObject(failed); // an id without a key
  });
});
