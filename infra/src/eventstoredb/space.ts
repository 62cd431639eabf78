import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { parseStream, type StoredEvent, type StreamName } from '@studio/contracts';

import { corrupt } from './failures.ts';
import { cutHash } from './hashInMetadata.ts';
import { uuidText } from './uuid.ts';

export type Recorded = ReadResp.ReadEvent.RecordedEvent;

/**
 * The part of a server that is one log: the streams of our categories, all with the same beginning. What else lies on
 * the server (its own events, other logs, other applications) is passed over.
 */
export interface Space {
  /** The name of a stream on the server. */
  nameOf(stream: string): string;
  /** The event as the port knows it, or null for one that is not of this log. Errors: `log.corrupt`. */
  eventOf(recorded: Recorded): StoredEvent | null;
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

export const streamNameOf = (recorded: Recorded): string =>
  textOf(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array());

export const positionOf = (recorded: Recorded): bigint => BigInt(recorded.getCommitPosition());

/** `prefix` stands before every name; with none, the names are those of the port. */
export const createSpace = (prefix: string): Space => ({
  nameOf: (stream) => prefix + stream,
  eventOf: (recorded) => {
    const name = streamNameOf(recorded);
    const stream = name.slice(prefix.length);
    if (!name.startsWith(prefix) || !parseStream(stream)) return null;
    const position = positionOf(recorded);
    const cut = cutHash(textOf(recorded.getCustomMetadata_asU8()));
    if (!cut) throw corrupt(`the event at ${position}, in ${stream}, carries no hash`);
    return {
      eventId: uuidText(recorded.getId()),
      type: recorded.getMetadataMap().get('type') ?? '',
      data: textOf(recorded.getData_asU8()),
      metadata: cut.metadata,
      stream: stream as StreamName, // parsed above
      revision: Number(recorded.getStreamRevision()),
      position,
      hash: cut.hash,
    };
  },
});
