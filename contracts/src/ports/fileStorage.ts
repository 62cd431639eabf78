/** Content-addressed bytes outside the log; `ref` is workspace/sha256 of the bytes. */
export interface FileStorage {
  /** Stores the bytes, flushed to disk before it returns. Idempotent. */
  put(ref: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is no such file. */
  get(ref: string): Promise<Uint8Array | null>;
  remove(ref: string): Promise<void>;
}
