import { chainHash, chainSeed } from '@studio/infra';

import type { LogRow } from './logRows.ts';

/** Follows rows in their order and finds the first that is not what was written. */
export interface ChainCheck {
  /** Null for a good row, else what is wrong with it. */
  next(row: LogRow): string | null;
  readonly events: () => number;
  readonly streams: () => number;
}

interface Head {
  readonly next: bigint;
  readonly hash: string;
}

/** `everyPosition`: the rows are the whole log, whose positions have no gap. */
export const createChainCheck = (everyPosition: boolean): ChainCheck => {
  const heads = new Map<string, Head>();
  let events = 0;

  const problem = (row: LogRow, head: Head, hash: string): string | null => {
    if (everyPosition && row.position !== String(events + 1))
      return `position ${events + 1} should be here`;
    if (BigInt(row.revision) !== head.next) return `revision ${head.next} should be here`;
    return hash === row.hash ? null : 'the hash is not of these bytes';
  };

  return {
    events: () => events,
    streams: () => heads.size,
    next: (row) => {
      const head = heads.get(row.stream) ?? { next: 0n, hash: chainSeed(row.stream) };
      const hash = chainHash(head.hash, row);
      const found = problem(row, head, hash);
      if (found !== null) return found;
      heads.set(row.stream, { next: head.next + 1n, hash });
      events += 1;
      return null;
    },
  };
};
