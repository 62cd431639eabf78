import type { Head } from '@studio/contracts';

import type { PreparedAppend } from '../eventstore/preparedAppend.ts';

/**
 * The newest head of each stream that this process has seen, for the last few thousand streams. The server compares
 * revisions only; what the hash at a revision is never changes, so one that was seen need not be read again.
 */
export interface KnownHeads {
  note(stream: string, head: Pick<Head, 'revision' | 'hash'>): void;
  /** True when the hash that the append expects is known to lie at the revision that it expects. */
  vouchFor(append: PreparedAppend): boolean;
}

const most = 20_000;

export const createKnownHeads = (): KnownHeads => {
  const heads = new Map<string, Pick<Head, 'revision' | 'hash'>>();
  return {
    note: (stream, { revision, hash }) => {
      heads.delete(stream); // so that it becomes the youngest
      heads.set(stream, { revision, hash });
      if (heads.size <= most) return;
      const [oldest = ''] = heads.keys();
      heads.delete(oldest);
    },
    vouchFor: ({ stream, expectedRevision, expectedHash }) => {
      if (expectedHash === null) return true; // nothing must be there
      const head = heads.get(stream);
      return head?.revision === expectedRevision && head.hash === expectedHash;
    },
  };
};
