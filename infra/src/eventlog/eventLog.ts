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
  type DataKeys,
  encodeAppend,
  type EncodedAppend,
  type RandomSource,
  sealersOf,
} from './encode.ts';
import { createOpener } from './open.ts';
import { createEventOpener } from './openEvents.ts';
import { assertComplete, type Upcasters } from './upcast.ts';

export interface EventLogParts {
  readonly store: EventStore;
  readonly keys: KeyRing;
  readonly files: FileStorage;
  /** Ways from older versions of event data to today's. */
  readonly upcasters?: Upcasters;
  /** Where nonces come from. */
  readonly random?: RandomSource;
}

/** Typed, sealed events over a store of texts. The one place where events are written and read. */
export const createEventLog = ({
  store,
  keys,
  files,
  upcasters = {},
  random = createRandomPool(),
}: EventLogParts): EventLog => {
  assertComplete(upcasters);
  const decode = createDecoder(upcasters);
  const openEvents = createEventOpener(createOpener({ keys, files }));
  // A caller that appends the same list again, its outcome being unknown, must send the same bytes.
  const sealedOnce = new WeakMap<
    readonly NewEvent[],
    { stream: StreamName; encoded: EncodedAppend }
  >();

  const dataKeys = async (
    sealers: readonly SealedBy[],
    { run, user }: SealingKeys,
  ): Promise<DataKeys> => {
    const ids = { run, user };
    const wanted = sealers.flatMap((sealer) => ids[sealer] ?? []);
    const found = wanted.length ? await keys.get(wanted) : undefined;
    return Object.fromEntries(
      sealers.flatMap((sealer) => {
        const id = ids[sealer];
        if (id === undefined) return []; // encodeAppend names the field that lacks it
        const bytes = found?.get(id);
        if (!bytes)
          throw new StudioError('refused', 'execution.erased', `data key ${id} was deleted`);
        return [[sealer, { id, bytes }]];
      }),
    );
  };

  const encode = async (
    stream: StreamName,
    events: readonly NewEvent[],
    sealingKeys: SealingKeys,
  ): Promise<EncodedAppend> => {
    const known = sealedOnce.get(events);
    if (known?.stream === stream) return known.encoded;
    const used = await dataKeys(sealersOf(events), sealingKeys);
    try {
      const encoded = encodeAppend(stream, events, used, random);
      sealedOnce.set(events, { stream, encoded });
      return encoded;
    } finally {
      for (const key of Object.values(used)) key.bytes.fill(0);
    }
  };

  const readAs = async (
    events: readonly RecordedEvent[],
    reading: 'open' | 'sealed',
  ): Promise<readonly RecordedEvent[]> => (reading === 'open' ? openEvents(events) : events);

  return {
    storeId: store.storeId,
    append: async (stream, expected, events, sealingKeys) => {
      // An event of some types is an event; TypeScript cannot see it through the generic union.
      const encoded = await encode(stream, events as readonly NewEvent[], sealingKeys);
      await Promise.all(encoded.files.map(({ ref, bytes }) => files.put(ref, bytes)));
      return store.append(stream, expected, encoded.events);
    },
    head: (stream) => store.head(stream),
    readStream: async (stream, range, reading = 'open') =>
      readAs((await store.readStream(stream, range)).map(decode), reading),
    open: openEvents,
    lastPosition: () => store.lastPosition(),
    async *subscribe(range, reading) {
      for await (const { events, upTo } of store.subscribe(range))
        yield { events: await readAs(events.map(decode), reading), upTo };
    },
  };
};
