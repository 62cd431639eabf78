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

export const createKeyCache = ({ entries, maxAgeMs, now }: KeyCacheLimits): KeyCache => {
  // A Map keeps the order of insertion; a use moves an entry to the end, so the first is the least used.
  const cached = new Map<KeyId, { key: DataKey | null; since: number }>();

  return {
    drop: (id) => void cached.delete(id),
    get: (id) => {
      const entry = cached.get(id);
      if (!entry) return undefined;
      if (now() - entry.since > maxAgeMs) {
        cached.delete(id);
        return undefined;
      }
      cached.delete(id);
      cached.set(id, entry);
      return entry.key;
    },
    put: (id, key) => {
      cached.delete(id);
      cached.set(id, { key, since: now() });
      const [oldest] = cached.keys();
      if (cached.size > entries && oldest !== undefined) cached.delete(oldest);
    },
  };
};
