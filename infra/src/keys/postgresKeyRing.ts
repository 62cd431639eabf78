import { randomBytes } from 'node:crypto';

import { type DataKey, type KeyId, type KeyRing, StudioError } from '@studio/contracts';
import type { Pool } from 'pg';

import { newId } from '../ids.ts';
import { byteaArray, uuidArray } from '../postgres/binaryArrays.ts';
import { dataKey } from './dataKey.ts';
import { createKeyCache } from './keyCache.ts';
import type { MasterKey } from './masterKey.ts';
import { createReserve } from './reserve.ts';
import { createWrapping } from './wrapping.ts';

export interface PostgresKeyRing extends KeyRing {
  /** Throws one clear line when the stored keys were wrapped by another master key. Call it at start. */
  verify(): Promise<void>;
}

export interface PostgresKeyRingParts {
  readonly pool: Pool;
  readonly masterKey: MasterKey;
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
}

const batch = 256;
const keyBytes = 32;
const cacheEntries = 10_000;
const maxAgeMs = 60_000;

interface KeyRow {
  key_id: KeyId;
  wrapped: Buffer;
}

/** Data keys, wrapped, in `state.data_keys`. */
export const createPostgresKeyRing = ({
  pool,
  masterKey,
  clock = () => performance.now(),
}: PostgresKeyRingParts): PostgresKeyRing => {
  const wrapping = createWrapping(masterKey);
  const cache = createKeyCache({ entries: cacheEntries, maxAgeMs, now: clock });

  const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => {
    try {
      return (await pool.query<Row>(sql, values)).rows;
    } catch (cause) {
      throw new StudioError(
        'unavailable',
        'service.unavailable',
        'the data keys are out of reach',
        {
          cause,
        },
      );
    }
  };

  const makeAhead = async (): Promise<{ id: KeyId; key: Buffer }[]> => {
    const drawn = randomBytes(batch * keyBytes); // a draw for each key takes 2 µs more
    const made = Array.from({ length: batch }, (_, index) => ({
      id: newId() as KeyId, // here key ids come to be
      key: drawn.subarray(index * keyBytes, (index + 1) * keyBytes),
    }));
    await rows(
      'insert into state.data_keys (key_id, wrapped) select * from unnest($1::uuid[], $2::bytea[])',
      [
        uuidArray(made.map(({ id }) => id)),
        byteaArray(made.map(({ id, key }) => wrapping.wrap(id, key))),
      ],
    );
    return made;
  };
  const reserved = createReserve({ make: makeAhead, refillUnder: batch / 4 });

  const unwrapped = (id: KeyId, wrapped: Buffer): DataKey => {
    const bytes = wrapping.unwrap(id, wrapped);
    const key = dataKey(bytes);
    bytes.fill(0);
    return key;
  };

  const fetchKeys = async (ids: readonly KeyId[]): Promise<Map<KeyId, DataKey | null>> => {
    const found = new Map<KeyId, DataKey | null>(ids.map((id) => [id, null]));
    const stored = await rows<KeyRow>(
      'select key_id, wrapped from state.data_keys where key_id = any($1::uuid[])',
      [ids],
    );
    for (const { key_id: id, wrapped } of stored) found.set(id, unwrapped(id, wrapped));
    for (const [id, key] of found) {
      // A key forgotten here while the rows were under way stays forgotten.
      if (cache.get(id) === null) found.set(id, null);
      else cache.put(id, key);
    }
    return found;
  };

  return {
    reserve: async () => {
      const { id, key } = await reserved.take();
      cache.put(id, dataKey(key));
      key.fill(0);
      return id;
    },
    get: async (ids) => {
      const found = new Map<KeyId, DataKey | null>();
      for (const id of ids) {
        const key = cache.get(id);
        if (key !== undefined) found.set(id, key);
      }
      const missing = found.size < ids.length ? ids.filter((id) => !found.has(id)) : [];
      if (missing.length === 0) return found;
      for (const [id, key] of await fetchKeys(missing)) found.set(id, key);
      return found;
    },
    peek: (id) => cache.get(id) ?? null,
    forget: async (id) => {
      await rows('delete from state.data_keys where key_id = $1', [id]);
      cache.put(id, null);
    },
    evict: (id) => cache.drop(id),
    verify: async () => {
      const [row] = await rows<KeyRow>(
        'select key_id, wrapped from state.data_keys order by key_id limit 1',
      );
      if (row) wrapping.unwrap(row.key_id, row.wrapped).fill(0);
    },
  };
};
