import { hash } from 'node:crypto';

import type { Clock, NewId } from '@studio/contracts';

import { createRandomPool } from './random.ts';

/** Our namespace of deterministic ids. Frozen: changing it would change what exists once. */
const namespace = Buffer.from('5d0e52f4-6c5b-5f5e-9d0b-3f0e1a7c9b21'.replaceAll('-', ''), 'hex');

const digits = Buffer.from('0123456789abcdef');
/** Where each byte's two digits stand among the 36 characters. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const text = Buffer.alloc(36, '-');

/** The characters of a UUID. Written into one buffer: a sum of pieces is a tree that each reader flattens. */
const textOf = (bytes: Uint8Array): string => {
  places.forEach((at, index) => {
    const byte = bytes[index] ?? 0;
    text[at] = digits[byte >>> 4] ?? 0;
    text[at + 1] = digits[byte & 15] ?? 0;
  });
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
  const digest = hash('sha1', Buffer.concat([namespace, name]), 'buffer');
  digest[6] = 0x50 | ((digest[6] ?? 0) & 15); // version 5
  digest[8] = 0x80 | ((digest[8] ?? 0) & 0x3f); // the variant of RFC 9562
  return textOf(digest);
};

/** Wall time: UTC with milliseconds. */
export const systemClock: Clock = () => new Date().toISOString();
