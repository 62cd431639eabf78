import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';

import type { PreparedAppend, PreparedEvent } from '../eventstore/preparedAppend.ts';
import { withHash } from './hashInMetadata.ts';

const { StreamIdentifier, UUID } = shared;
const { BatchAppendReq } = streams;
type Request = InstanceType<typeof BatchAppendReq>;

const idOf = (text: string): InstanceType<typeof UUID> => {
  const id = new UUID();
  id.setString(text);
  return id;
};

/** The bytes of the data as they were hashed, not encoded again. */
const dataBytes = ({ framed: { bytes, dataAt, metadataAt } }: PreparedEvent): Uint8Array =>
  bytes.subarray(dataAt + 4, metadataAt);

const messageOf = (
  prepared: PreparedEvent,
): InstanceType<typeof BatchAppendReq.ProposedMessage> => {
  const { event, hash } = prepared;
  const message = new BatchAppendReq.ProposedMessage();
  message.setId(idOf(event.eventId));
  message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
  message.setData(dataBytes(prepared));
  message.setCustomMetadata(Buffer.from(withHash(hash, event.metadata)));
  return message;
};

export interface Letter {
  /** Comes back with the answer. */
  readonly correlationId: string;
  /** The stream's name on the server. */
  readonly name: string;
  readonly append: PreparedAppend;
}

/** The server must be given a time of day, by its own clock: one so far off that no clock is so wrong. */
const farOffMs = 24 * 60 * 60 * 1_000;

export const appendRequest = ({ correlationId, name, append }: Letter): Request => {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(new Uint8Array(Buffer.from(name)));
  const options = new BatchAppendReq.Options();
  options.setStreamIdentifier(identifier);
  options.setDeadline(timestamp.Timestamp.fromDate(new Date(Date.now() + farOffMs)));
  if (append.expectedRevision < 0) options.setNoStream(new empty.Empty());
  else options.setStreamPosition(String(append.expectedRevision));
  const request = new BatchAppendReq();
  request.setCorrelationId(idOf(correlationId));
  request.setOptions(options);
  request.setProposedMessagesList(append.events.map(messageOf));
  request.setIsFinal(true);
  return request;
};
