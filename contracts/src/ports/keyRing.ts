import type { Brand, KeyId } from '../ids.ts';

/** A data key as its ring hands it out: to seal and open with, its bytes out of sight. */
export type DataKey = Brand<object, 'DataKey'>;

/** Data keys (AES-256), wrapped by the master key in `state.data_keys`. Deleting one erases all it sealed. */
export interface KeyRing {
  /** A fresh key that is already on disk (made ahead in batches, so that a run costs no commit of its own). */
  reserve(): Promise<KeyId>;
  /** The keys, for use at once and not to be kept; null for a key that was deleted. Cached; at most 60 s old after a deletion elsewhere. */
  get(ids: readonly KeyId[]): Promise<ReadonlyMap<KeyId, DataKey | null>>;
  /** The key if it is in memory, for the same use as of `get`; null: ask `get`. */
  peek(id: KeyId): DataKey | null;
  /** Deletes the key for ever, on disk before it returns. Idempotent. */
  forget(id: KeyId): Promise<void>;
  /** Drops a key from the cache: call it when DataErased is seen. */
  evict(id: KeyId): void;
}
