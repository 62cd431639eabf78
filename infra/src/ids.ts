import { hash } from 'node:crypto';

import type { Clock, NewId } from '@studio/contracts';

import { createRandomPool } from './random.ts';

/** Our namespace of deterministic ids. Frozen: changing it would change what exists once. */
const namespace = Buffer.from('5d0e52f4-6c5b-5f5e-9d0b-3f0e1a7c9b21'.replaceAll('-', ''), 'hex');

const digits = Buffer.from('0123456789abcdef');
const text = Buffer.alloc(36, '-');

/** The characters of a UUID. Written into one buffer: a sum of pieces is a tree that each reader flattens. */
const textOf = (bytes: Uint8Array): string => {
  let at = 0;
  for (const byte of bytes) {
    if (at === 8 || at === 13 || at === 18 || at === 23) at += 1; // a dash
    text[at] = digits[byte >>> 4] ?? 0;
    text[at + 1] = digits[byte & 15] ?? 0;
    at += 2;
  }
  return text.toString('latin1');
};

const random = createRandomPool();
const fresh = Buffer.alloc(16);
let lastMs = 0;
let seq = 0;

/**
 * A fresh UUIDv7: milliseconds, a counter of 32 bits, random bits. Those of one process ascend, also
 * when the wall clock is set back.
 */
export const newId: NewId = () => {
  const nowMs = Date.now();
  // A random start: ids of two processes in one millisecond differ in more than their last bytes.
  seq = nowMs > lastMs ? random(4).readUInt32BE() >>> 2 : seq + 1;
  lastMs = Math.max(lastMs, nowMs);
  fresh.writeUIntBE(lastMs, 0, 6);
  random(6).copy(fresh, 10);
  fresh[6] = 0x70 | (seq >>> 28); // version 7
  fresh[7] = seq >>> 20;
  fresh[8] = 0x80 | ((seq >>> 14) & 0x3f); // the variant of RFC 9562
  fresh[9] = seq >>> 6;
  fresh[10] = (seq << 2) | ((fresh[10] ?? 0) & 3);
  return textOf(fresh);
};

/**
 * The UUIDv5 of what must exist once, for example (workspace, caller, route, Idempotency-Key).
 * The parts are joined as a JSON list, so that ('a', 'bc') and ('ab', 'c') differ.
 */
export const deterministicId = (parts: readonly string[]): string => {
  const name = Buffer.from(JSON.stringify(parts));
  // As hex: a digest in a Buffer, and the pieces of a Hash object, cost more than SHA-1 itself.
  const hex = hash('sha1', Buffer.concat([namespace, name]), 'hex');
  const variant = 8 | (Number.parseInt(hex.slice(16, 17), 16) & 3); // of RFC 9562
  return [
    ...[hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`], // version 5
    ...[`${variant.toString(16)}${hex.slice(17, 20)}`, hex.slice(20, 32)],
  ].join('-');
};

/** Wall time: UTC with milliseconds. */
export const systemClock: Clock = () => new Date().toISOString();
