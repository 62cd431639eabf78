import {
  type EventToAppend,
  type Expected,
  isUuid,
  maxAppendBytes,
  type StoredEvent,
  type StreamName,
  StudioError,
} from '@studio/contracts';

import { chainFramed, chainSeed, type FramedEvent, frameEvent } from './chain.ts';

export interface PreparedEvent {
  readonly event: EventToAppend;
  readonly framed: FramedEvent;
  /** 64 hex characters. */
  readonly hash: string;
}

/** An append that was checked and chained before it queues: what is left to do is the store's word. */
export interface PreparedAppend {
  readonly stream: StreamName;
  /** -1 for 'no_stream'. */
  readonly expectedRevision: number;
  readonly expectedHash: string | null;
  readonly events: readonly PreparedEvent[];
  /** Bytes of data and metadata. */
  readonly bytes: number;
}

const maxNameBytes = 512;
const hexHash = /^[0-9a-f]{64}$/;

const invalid = (message: string): StudioError =>
  new StudioError('invalid', 'request.invalid', message);

/** UTF-8 has no lone surrogates and PostgreSQL's text no NUL; JSON carries both escaped. */
const refuseUnstorable = (what: string, text: string): void => {
  if (!text.isWellFormed() || text.includes('\0'))
    throw invalid(`${what} holds a raw lone surrogate or NUL; JSON.stringify escapes them`);
};

const refuseBadName = (what: string, name: string): void => {
  refuseUnstorable(what, name);
  if (name === '' || Buffer.byteLength(name) > maxNameBytes)
    throw invalid(`${what} must have 1 to ${maxNameBytes} bytes`);
};

const refuseBadExpected = (expected: Expected): void => {
  if (expected === 'no_stream') return;
  const { revision, hash } = expected;
  if (!Number.isSafeInteger(revision) || revision < 0 || !hexHash.test(hash))
    throw invalid('expected is not a head that this store handed out');
};

const refuseBadEvent = ({ eventId, type, data, metadata }: EventToAppend): void => {
  if (!isUuid(eventId)) throw invalid('an event id must be a UUID in lower case');
  refuseBadName('an event type', type);
  refuseUnstorable('data', data);
  refuseUnstorable('metadata', metadata);
};

const payloadBytes = ({ bytes, dataAt }: FramedEvent): number => bytes.length - dataAt - 8;

/** Errors: `request.invalid`, `append.empty`, `append.too_large`. */
export const prepareAppend = (
  stream: StreamName,
  expected: Expected,
  events: readonly EventToAppend[],
): PreparedAppend => {
  refuseBadName('a stream', stream);
  refuseBadExpected(expected);
  if (events.length === 0) throw new StudioError('invalid', 'append.empty', 'nothing to append');
  const expectedHash = expected === 'no_stream' ? null : expected.hash;
  let hash = expectedHash ?? chainSeed(stream);
  let bytes = 0;
  const prepared = events.map((event) => {
    refuseBadEvent(event);
    const framed = frameEvent(event);
    bytes += payloadBytes(framed);
    hash = chainFramed(hash, framed);
    return { event, framed, hash };
  });
  if (bytes > maxAppendBytes)
    throw new StudioError(
      'too_large',
      'append.too_large',
      `an append may have ${maxAppendBytes} bytes of data and metadata, this one has ${bytes}`,
    );
  const expectedRevision = expected === 'no_stream' ? -1 : expected.revision;
  return { stream, expectedRevision, expectedHash, events: prepared, bytes };
};

/** The events as a reader will find them, once the log has given the first its position. */
export const storedEvents = (append: PreparedAppend, firstPosition: bigint): StoredEvent[] =>
  append.events.map(({ event, hash }, index) => ({
    eventId: event.eventId,
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    stream: append.stream,
    revision: append.expectedRevision + 1 + index,
    position: firstPosition + BigInt(index),
    hash,
  }));
