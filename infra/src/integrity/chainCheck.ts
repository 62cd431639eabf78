import type { StoredEvent } from '@studio/contracts';

import { chainHash, chainSeed } from '../eventstore/chain.ts';

/** Follows events in the order of the log and finds the first that is not what was written. */
export interface ChainCheck {
  /** Null for a good event, else what is wrong with it. */
  next(event: StoredEvent): string | null;
  readonly events: () => number;
  readonly streams: () => number;
}

interface End {
  readonly next: number;
  readonly hash: string;
}

/** `gapless`: the events are a whole log whose positions count from 1. */
export const createChainCheck = (gapless: boolean): ChainCheck => {
  const ends = new Map<string, End>();
  let events = 0;
  let last = 0n;

  const misplaced = ({ position }: StoredEvent): string | null => {
    if (gapless && position !== last + 1n) return `position ${last + 1n} should be here`;
    return position > last ? null : `position ${last} came before it`;
  };

  const problem = (event: StoredEvent, end: End, hash: string): string | null => {
    if (event.revision !== end.next) return `revision ${end.next} should be here`;
    return hash === event.hash ? null : 'the hash is not of these bytes';
  };

  return {
    events: () => events,
    streams: () => ends.size,
    next: (event) => {
      const end = ends.get(event.stream) ?? { next: 0, hash: chainSeed(event.stream) };
      const hash = chainHash(end.hash, event);
      const found = misplaced(event) ?? problem(event, end, hash);
      if (found !== null) return found;
      ends.set(event.stream, { next: end.next + 1, hash });
      events += 1;
      last = event.position;
      return null;
    },
  };
};
