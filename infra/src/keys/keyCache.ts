import type { DataKey, KeyId } from '@studio/contracts';

/** Data keys in memory: bounded and of limited age. Whoever seals with a key while it leaves is not disturbed. */
export interface KeyCache {
  /** Undefined when the cache does not know; null when the key is known to be deleted. */
  get(id: KeyId): DataKey | null | undefined;
  put(id: KeyId, key: DataKey | null): void;
  drop(id: KeyId): void;
}

export interface KeyCacheLimits {
  readonly entries: number;
  readonly maxAgeMs: number;
  /** Monotonic milliseconds: a wall clock set back would keep deleted keys alive. */
  readonly now: () => number;
}

interface Entry {
  readonly key: DataKey | null;
  readonly since: number;
}

/**
 * Two halves: whatever is used comes into the young one, and when that is full the old one is
 * forgotten and the young one grows old. So a use costs a look-up, and not a move in a long list.
 */
export const createKeyCache = ({ entries, maxAgeMs, now }: KeyCacheLimits): KeyCache => {
  const half = Math.max(1, Math.floor(entries / 2));
  let young = new Map<KeyId, Entry>();
  let old = new Map<KeyId, Entry>();

  const drop = (id: KeyId): void => {
    young.delete(id);
    old.delete(id);
  };

  const keep = (id: KeyId, entry: Entry): void => {
    if (young.size >= half && !young.has(id)) {
      old = young;
      young = new Map();
    }
    old.delete(id);
    young.set(id, entry);
  };

  const find = (id: KeyId): Entry | undefined => {
    const entry = young.get(id);
    if (entry) return entry;
    const older = old.get(id);
    if (older) keep(id, older);
    return older;
  };

  return {
    drop,
    get: (id) => {
      const entry = find(id);
      if (!entry) return undefined;
      if (now() - entry.since <= maxAgeMs) return entry.key;
      drop(id);
      return undefined;
    },
    put: (id, key) => {
      keep(id, { key, since: now() });
    },
  };
};
