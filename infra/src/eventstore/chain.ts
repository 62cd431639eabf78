import { hash } from 'node:crypto';

import type { EventToAppend } from '@studio/contracts';

/**
 * The hash chain of a stream, frozen by ADR 0001 and its golden vectors:
 *
 *     h(-1) = SHA-256("studio-log/1" ‖ stream)
 *     h(n)  = SHA-256(h(n-1) ‖ for each of eventId, type, data, metadata: uint32 BE byte length ‖ UTF-8 bytes)
 *
 * Hashes travel as 64 hex characters: making a Buffer of a digest takes as long as the digest itself.
 */
const chainName = 'studio-log/1';
export const hashBytes = 32;
const lengthBytes = 4;

/** h(-1): where the chain of a stream starts, before its first event. */
export const chainSeed = (stream: string): string => hash('sha256', chainName + stream, 'hex');

/** An event as it enters the chain, and where each of its length-prefixed fields begins. */
export interface FramedEvent {
  /** 32 bytes kept free for h(n-1), then the four fields. */
  readonly bytes: Buffer;
  readonly typeAt: number;
  readonly dataAt: number;
  readonly metadataAt: number;
}

const writeField = (bytes: Buffer, at: number, text: string, length: number): number => {
  bytes.writeUInt32BE(length, at);
  bytes.write(text, at + lengthBytes, length, 'utf8');
  return at + lengthBytes + length;
};

/** Lays out the bytes that are hashed. The texts hold no raw lone surrogate: the caller has checked. */
export const frameEvent = ({ eventId, type, data, metadata }: EventToAppend): FramedEvent => {
  const idLength = Buffer.byteLength(eventId);
  const typeLength = Buffer.byteLength(type);
  const dataLength = Buffer.byteLength(data);
  const metadataLength = Buffer.byteLength(metadata);
  const bytes = Buffer.allocUnsafe(
    hashBytes + 4 * lengthBytes + idLength + typeLength + dataLength + metadataLength,
  );
  const typeAt = writeField(bytes, hashBytes, eventId, idLength);
  const dataAt = writeField(bytes, typeAt, type, typeLength);
  const metadataAt = writeField(bytes, dataAt, data, dataLength);
  writeField(bytes, metadataAt, metadata, metadataLength);
  return { bytes, typeAt, dataAt, metadataAt };
};

/** h(n) of a framed event; fills in the 32 bytes that were kept free. */
export const chainFramed = (previous: string, framed: FramedEvent): string => {
  framed.bytes.write(previous, 0, hashBytes, 'hex');
  return hash('sha256', framed.bytes, 'hex');
};

/** h(n) from h(n-1) and the event, as they lie in the log. */
export const chainHash = (previous: string, event: EventToAppend): string =>
  chainFramed(previous, frameEvent(event));
