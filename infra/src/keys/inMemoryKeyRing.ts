import { randomBytes } from 'node:crypto';

import type { DataKey, KeyId, KeyRing } from '@studio/contracts';

import { newId } from '../ids.ts';
import { dataKey } from './dataKey.ts';

/** Data keys of one process, for tests. */
export const createInMemoryKeyRing = (
  known: Iterable<readonly [KeyId, Uint8Array]> = [],
): KeyRing => {
  const keys = new Map<KeyId, DataKey>();
  for (const [id, bytes] of known) keys.set(id, dataKey(bytes));
  return {
    reserve: async () => {
      const id = newId() as KeyId; // here key ids come to be
      keys.set(id, dataKey(randomBytes(32)));
      return id;
    },
    get: async (ids) => new Map(ids.map((id) => [id, keys.get(id) ?? null])),
    peek: (id) => keys.get(id) ?? null,
    forget: async (id) => void keys.delete(id),
    evict: () => undefined,
  };
};
