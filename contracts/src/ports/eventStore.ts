import type { StreamCategory, StreamName } from '../streams.ts';

/**
 * The end of a stream as a reader or writer saw it. Passing it to `append` is both the
 * revision check and the chain check, because the hash of the next event starts from `hash`.
 */
export interface Head {
  /** Revision of the last event, counted from 0. */
  readonly revision: number;
  /** Chain hash of the last event, 64 lower-case hex characters. */
  readonly hash: string;
  /** Position of the last event in `$all`. */
  readonly position: bigint;
}

/** What an append expects to find. There is no blind append. */
export type Expected = Head | 'no_stream';

/** One event as the exact texts that are hashed and stored (JSON, made once by `JSON.stringify`). */
export interface EventToAppend {
  /** UUIDv7, 36 lower-case characters. */
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** One event as it lies in the log, before upcasting and opening. */
export interface StoredEvent extends EventToAppend {
  readonly stream: StreamName;
  readonly revision: number;
  /** Strictly increasing over the whole store; the order of `$all`. */
  readonly position: bigint;
  readonly hash: string;
}

export interface StreamRange {
  /** First revision to read, inclusive; default 0, or the last when `backwards`. */
  readonly from?: number;
  /** At most so many events; default 1,000. */
  readonly limit?: number;
  readonly backwards?: boolean;
}

/** Both lists are alternatives within and conditions between: category in `categories` and type in `types`. */
export interface EventFilter {
  readonly categories?: readonly StreamCategory[];
  readonly types?: readonly string[];
}

export interface AllRange {
  /** Exclusive; 0n is before the first event. */
  readonly after: bigint;
  readonly filter?: EventFilter;
  /** At most so many events; default 1,000. */
  readonly limit?: number;
}

/** A run of `$all`. `upTo` is the position read so far, filtered-out events included: the checkpoint to keep. */
export interface EventBatch {
  readonly events: readonly StoredEvent[];
  readonly upTo: bigint;
}

export interface SubscriptionRange {
  readonly after: bigint;
  readonly filter?: EventFilter;
  /** Ends the iteration without an error. */
  readonly signal: AbortSignal;
  /** What the subscriber is called by those who look how far it is; without one it is not shown. */
  readonly subscriber?: string;
}

/**
 * The log. Every adapter passes `tests/contract/eventStoreContract.ts`.
 *
 * - An append is all or nothing, checked against the head; one retried with the same event ids and
 *   the same expectation answers as the first did.
 * - What was acknowledged is on disk.
 * - Readers of `$all` see every event exactly once, in one order that never changes; no event ever
 *   appears behind a position already handed out.
 *
 * Errors: `append.conflict` (ConflictError), `append.empty`, `append.too_large`,
 * `append.outcome_unknown` (retry with the same ids), `log.unavailable`, `log.corrupt`,
 * `position.unknown`.
 */
export interface EventStore {
  /** Names the store in positions shown outside: `<storeId>:<n>`. Fixed when the store is created. */
  readonly storeId: string;
  /** Appends to one stream and returns its new head. */
  append(stream: StreamName, expected: Expected, events: readonly EventToAppend[]): Promise<Head>;
  /** The stream's head, or null when it does not exist. */
  head(stream: StreamName): Promise<Head | null>;
  /** Events of one stream; an absent stream and a range past the end are empty. */
  readStream(stream: StreamName, range?: StreamRange): Promise<readonly StoredEvent[]>;
  /** The next events of the whole log. An empty batch whose `upTo` is `after` means: nothing new. */
  readAll(range: AllRange): Promise<EventBatch>;
  /** Position of the last event of the log; 0n when it is empty. */
  lastPosition(): Promise<bigint>;
  /** Catches up, then follows, for ever; resumes by itself with back-off; a slow reader slows only itself. */
  subscribe(range: SubscriptionRange): AsyncIterable<EventBatch>;
  /** Ends subscriptions and refuses new work; appends under way are answered first. */
  close(): Promise<void>;
}
