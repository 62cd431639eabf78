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

/**
 * Where a stored event carries what it says: one tail feeds several readers, and each event is parsed
 * once. On the event itself, since entries of a WeakMap outlive several collections of garbage.
 */
const said = Symbol('said');
type Carrying = StoredEvent & { [said]?: { readonly by: Decode; readonly event: RecordedEvent } };

/** Nobody may change the result: it is handed to every reader of the same stored event. */
export const createDecoder = (upcasters: Upcasters): Decode => {
  // Events of one append often share the text of their metadata.
  let told: { readonly text: string; readonly metadata: Metadata } | undefined;
  const metadataOf = (text: string, where: string): Metadata => {
    if (told?.text !== text) {
      const metadata = parse<Metadata>(text, where);
      Object.freeze(metadata);
      told = { text, metadata };
    }
    return told.metadata;
  };

  const decode: Decode = (stored) => {
    const { eventId, type, stream, revision, position, hash } = stored;
    const where = `${stream} revision ${revision}`;
    const written = metadataOf(stored.metadata, where);
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

  return (stored: Carrying) => {
    const known = stored[said];
    if (known?.by === decode) return known.event;
    const event = decode(stored);
    if (Object.isExtensible(stored)) stored[said] = { by: decode, event };
    return event;
  };
};
