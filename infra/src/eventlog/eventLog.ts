import {
  type EventLog,
  type EventStore,
  type FileStorage,
  type KeyRing,
  type NewEvent,
  type RecordedEvent,
  type SealedBy,
  type SealingKeys,
  type StreamName,
  StudioError,
} from '@studio/contracts';

import { createRandomPool } from '../random.ts';
import { createDecoder } from './decode.ts';
import {
  encodeAppend,
  type EncodedAppend,
  type NamedKey,
  type NamedKeys,
  type RandomSource,
  sealersOf,
} from './encode.ts';
import { createOpener } from './open.ts';
import { createEventOpener } from './openEvents.ts';
import { assertComplete, type Upcasters } from './upcast.ts';
import { upcasters as ownUpcasters } from './upcasters.ts';

export interface EventLogParts {
  readonly store: EventStore;
  readonly keys: KeyRing;
  readonly files: FileStorage;
  /** Ways from older versions of event data to today's; default: the product's own. */
  readonly upcasters?: Upcasters;
  /** Where nonces come from. */
  readonly random?: RandomSource;
}

/** Typed, sealed events over a store of texts. The one place where events are written and read. */
export const createEventLog = ({
  store,
  keys,
  files,
  upcasters = ownUpcasters,
  random = createRandomPool(),
}: EventLogParts): EventLog => {
  assertComplete(upcasters);
  const decode = createDecoder(upcasters);
  const openEvents = createEventOpener(createOpener({ keys, files }));
  // A caller that appends the same list again, its outcome being unknown, must send the same bytes.
  // Kept of failures only: an entry of a WeakMap outlives several collections of garbage.
  const sealedOnce = new WeakMap<
    readonly NewEvent[],
    { stream: StreamName; encoded: EncodedAppend }
  >();

  /** Null when one has to be fetched, or was deleted. */
  const keysInMemory = (sealers: readonly SealedBy[], ids: SealingKeys): NamedKeys | null => {
    const used: Partial<Record<SealedBy, NamedKey>> = {};
    for (const sealer of sealers) {
      const id = ids[sealer];
      if (id === undefined) continue; // encodeAppend names the field that lacks its key
      const key = keys.peek(id);
      if (!key) return null;
      used[sealer] = { id, key };
    }
    return used;
  };

  const fetchKeys = async (sealers: readonly SealedBy[], ids: SealingKeys): Promise<NamedKeys> => {
    const used: Partial<Record<SealedBy, NamedKey>> = {};
    const found = await keys.get(sealers.flatMap((sealer) => ids[sealer] ?? []));
    for (const sealer of sealers) {
      const id = ids[sealer];
      if (id === undefined) continue;
      const key = found.get(id);
      if (!key) throw new StudioError('refused', 'execution.erased', `data key ${id} was deleted`);
      used[sealer] = { id, key };
    }
    return used;
  };

  const encode = async (
    stream: StreamName,
    events: readonly NewEvent[],
    sealingKeys: SealingKeys,
  ): Promise<EncodedAppend> => {
    const known = sealedOnce.get(events);
    if (known?.stream === stream) return known.encoded;
    const sealers = sealersOf(events);
    const used = keysInMemory(sealers, sealingKeys) ?? (await fetchKeys(sealers, sealingKeys));
    return encodeAppend(events, { stream, keys: used, random });
  };

  const readAs = async (
    events: readonly RecordedEvent[],
    reading: 'open' | 'sealed',
  ): Promise<readonly RecordedEvent[]> => (reading === 'open' ? openEvents(events) : events);

  return {
    storeId: store.storeId,
    append: async (stream, expected, given, sealingKeys) => {
      // An event of some types is an event; TypeScript cannot see it through the generic union.
      const events = given as readonly NewEvent[];
      const encoded = await encode(stream, events, sealingKeys);
      try {
        if (encoded.files.length > 0)
          await Promise.all(encoded.files.map(({ ref, bytes }) => files.put(ref, bytes)));
        return await store.append(stream, expected, encoded.events);
      } catch (error) {
        sealedOnce.set(events, { stream, encoded });
        throw error;
      }
    },
    head: (stream) => store.head(stream),
    readStream: async (stream, range, reading = 'open') =>
      readAs((await store.readStream(stream, range)).map(decode), reading),
    open: openEvents,
    readAll: async (range, reading) => {
      const { events, upTo } = await store.readAll(range);
      return { events: await readAs(events.map(decode), reading), upTo };
    },
    lastPosition: () => store.lastPosition(),
    async *subscribe(range, reading) {
      for await (const { events, upTo } of store.subscribe(range))
        yield { events: await readAs(events.map(decode), reading), upTo };
    },
  };
};
