import type { Clock, NewId } from '@studio/contracts';
import { v5, v7 } from 'uuid';

import { createRandomPool } from './random.ts';

/** Our namespace of deterministic ids. Frozen: changing it would change what exists once. */
const namespace = '5d0e52f4-6c5b-5f5e-9d0b-3f0e1a7c9b21';

const random = createRandomPool();
let lastMs = 0;
let seq = 0;

/** A fresh UUIDv7; those of one process ascend, also when the wall clock is set back. */
export const newId: NewId = () => {
  const nowMs = Date.now();
  // A random start: ids of two processes in one millisecond differ in more than their last bytes.
  seq = nowMs > lastMs ? random(4).readUInt32BE() >>> 2 : seq + 1;
  lastMs = Math.max(lastMs, nowMs);
  return v7({ random: random(16), msecs: lastMs, seq });
};

/**
 * The UUIDv5 of what must exist once, for example (workspace, caller, route, Idempotency-Key).
 * The parts are joined as a JSON list, so that ('a', 'bc') and ('ab', 'c') differ.
 */
export const deterministicId = (parts: readonly string[]): string =>
  v5(JSON.stringify(parts), namespace);

/** Wall time: UTC with milliseconds. */
export const systemClock: Clock = () => new Date().toISOString();
