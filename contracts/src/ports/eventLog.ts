import type { NewEvent, RecordedEvent, StudioEvent } from '../events.ts';
import type { KeyId } from '../ids.ts';
import type { StreamName } from '../streams.ts';
import type { AllRange, Expected, Head, StreamRange, SubscriptionRange } from './eventStore.ts';

/** The data keys that seal an append's marked fields; a field whose key is missing here is an error of ours. */
export interface SealingKeys {
  readonly run?: KeyId;
  readonly user?: KeyId;
}

/** 'open' decrypts sealed values (or yields Erased); 'sealed' leaves them as they lie in the log and fetches no file. */
export type Reading = 'open' | 'sealed';

export interface RecordedBatch {
  readonly events: readonly RecordedEvent[];
  /** The checkpoint to keep once `events` are handled. */
  readonly upTo: bigint;
}

/** The event store seen through the codec: typed events, sealed and claim-checked on the way in, upcast and opened on the way out. */
export interface EventLog {
  readonly storeId: string;
  /** Errors as EventStore.append. The returned events are what a reader will see, open. */
  append<Event extends StudioEvent>(
    stream: StreamName,
    expected: Expected,
    events: readonly NewEvent<Event>[],
    keys: SealingKeys,
  ): Promise<Head>;
  head(stream: StreamName): Promise<Head | null>;
  readStream(
    stream: StreamName,
    range?: StreamRange,
    reading?: Reading,
  ): Promise<readonly RecordedEvent[]>;
  /** Opens events that a 'sealed' reading gave. */
  open(events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]>;
  /** The next events of the whole log, as EventStore.readAll. */
  readAll(range: AllRange, reading: Reading): Promise<RecordedBatch>;
  lastPosition(): Promise<bigint>;
  subscribe(range: SubscriptionRange, reading: Reading): AsyncIterable<RecordedBatch>;
}
