import { randomBytes } from 'node:crypto';

import type { KeyId, KeyRing } from '@studio/contracts';

import { newId } from '../ids.ts';

/** Data keys of one process, for tests. */
export const createInMemoryKeyRing = (
  known: Iterable<readonly [KeyId, Uint8Array]> = [],
): KeyRing => {
  const keys = new Map<KeyId, Uint8Array>(known);
  return {
    reserve: async () => {
      const id = newId() as KeyId; // here key ids come to be
      keys.set(id, randomBytes(32));
      return id;
    },
    get: async (ids) =>
      new Map(
        ids.map((id) => {
          const key = keys.get(id);
          return [id, key ? Uint8Array.from(key) : null];
        }),
      ),
    forget: async (id) => void keys.delete(id),
    evict: () => undefined,
  };
};
