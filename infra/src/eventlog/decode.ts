import type { Metadata, RecordedEvent, StoredEvent } from '@studio/contracts';

import { corrupt } from './corrupt.ts';
import { upcast, type Upcasters } from './upcast.ts';

/** What a stored event says, in the newest version, its sealed values as they lie in the log. */
export type Decode = (stored: StoredEvent) => RecordedEvent;

const parse = <Shape>(text: string, where: string): Shape => {
  try {
    return JSON.parse(text) as Shape; // our own writing, bound by the chain hash
  } catch (cause) {
    throw corrupt(where, 'no JSON', cause);
  }
};

/** One tail feeds several readers, so each stored event is parsed once; nobody may change the result. */
export const createDecoder = (upcasters: Upcasters): Decode => {
  const decoded = new WeakMap<StoredEvent, RecordedEvent>();

  const decode: Decode = (stored) => {
    const { eventId, type, stream, revision, position, hash } = stored;
    const where = `${stream} revision ${revision}`;
    const written = parse<Metadata>(stored.metadata, where);
    const raw = parse<Record<string, unknown>>(stored.data, where);
    const { data, schemaVersion } = upcast(upcasters, stored, raw, written.schemaVersion);
    const metadata =
      schemaVersion === written.schemaVersion ? written : { ...written, schemaVersion };
    const event = { eventId, type, data, metadata, stream, revision, position, hash };
    Object.freeze(data);
    Object.freeze(metadata);
    // The type's name decides the shape of `data`; the writer was held to it.
    return Object.freeze(event) as RecordedEvent;
  };

  return (stored) => {
    const known = decoded.get(stored);
    if (known) return known;
    const event = decode(stored);
    decoded.set(stored, event);
    return event;
  };
};
