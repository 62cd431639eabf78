import type { KeyId } from '@studio/contracts';

/** Data keys in memory: bounded, of limited age, cleared when they leave. It keeps and gives copies. */
export interface KeyCache {
  /** Undefined when the cache does not know; null when the key is known to be deleted. */
  get(id: KeyId): Uint8Array | null | undefined;
  put(id: KeyId, key: Uint8Array | null): void;
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
  const cached = new Map<KeyId, { key: Uint8Array | null; since: number }>();

  const drop = (id: KeyId): void => {
    // Others hold copies, so clearing here can never turn a key in use into zeros.
    cached.get(id)?.key?.fill(0);
    cached.delete(id);
  };

  return {
    drop,
    get: (id) => {
      const entry = cached.get(id);
      if (!entry) return undefined;
      if (now() - entry.since > maxAgeMs) {
        drop(id);
        return undefined;
      }
      cached.delete(id);
      cached.set(id, entry);
      return entry.key && Uint8Array.from(entry.key);
    },
    put: (id, key) => {
      drop(id);
      cached.set(id, { key: key && Uint8Array.from(key), since: now() });
      const [oldest] = cached.keys();
      if (cached.size > entries && oldest !== undefined) drop(oldest);
    },
  };
};
