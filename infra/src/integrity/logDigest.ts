import { createHash, type Hash, hash as hashOf } from 'node:crypto';

import type { StoredEvent } from '@studio/contracts';

/**
 * One hash over the whole log in its order (ADR 0007): the chain of a stream does not see another
 * stream, nor its own end, and can be computed anew by whoever rewrites it.
 *
 *     d(0)     = SHA-256("studio-head/1" ‖ store id)
 *     d(k + 1) = SHA-256(d(k) ‖ the chain hashes of the next 4,096 events), all as 64 hex characters
 *     digest   = SHA-256(d(k) ‖ the chain hashes of what follows the last whole block)
 *
 * Blocks, so that a process that starts goes on behind a block instead of reading the log again.
 */
export interface LogDigest {
  add(events: readonly StoredEvent[]): void;
  /** Of all events added so far. */
  digest(): string;
  /** Position of the last event added; 0n for none. */
  position(): bigint;
  events(): number;
  /** The end of the last whole block: where a later process can go on. */
  block(): BlockEnd;
}

export interface BlockEnd {
  readonly position: bigint;
  readonly events: number;
  /** d(k) */
  readonly digest: string;
}

export const blockEvents = 4_096;

/** Before the first event of a store. */
export const logStart = (storeId: string): BlockEnd => ({
  ...{ position: 0n, events: 0 },
  digest: hashOf('sha256', `studio-head/1${storeId}`),
});

const hashing = (digest: string): Hash => createHash('sha256').update(digest);

export const createLogDigest = (from: BlockEnd): LogDigest => {
  let block = from;
  let running = hashing(from.digest);
  let { events, position } = from;

  const addWithin = (part: readonly StoredEvent[]): void => {
    const last = part.at(-1);
    if (!last) return;
    running.update(part.map(({ hash }) => hash).join(''));
    events += part.length;
    position = last.position;
    if (events - block.events < blockEvents) return;
    block = { position, events, digest: running.digest('hex') };
    running = hashing(block.digest);
  };

  return {
    add: (added) => {
      for (let from = 0; from < added.length;) {
        const to = from + blockEvents - (events - block.events);
        addWithin(added.slice(from, to));
        from = to;
      }
    },
    digest: () => running.copy().digest('hex'),
    position: () => position,
    events: () => events,
    block: () => block,
  };
};
