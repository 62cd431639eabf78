import type { EventStore, Head } from '@studio/contracts';

import type { PreparedAppend } from './preparedAppend.ts';

/** The head that an earlier try of the same append left, or null when other events lie there. */
export const earlierOutcome = async (
  reader: Pick<EventStore, 'readStream'>,
  append: PreparedAppend,
): Promise<Head | null> => {
  const { stream, expectedRevision, expectedHash, events } = append;
  const before = expectedHash ? 1 : 0;
  const from = expectedRevision + 1 - before;
  const found = await reader.readStream(stream, { from, limit: before + events.length });
  const sameStart = !expectedHash || found[0]?.hash === expectedHash;
  const same = events.every(({ event }, index) => found[before + index]?.eventId === event.eventId);
  const last = found.at(-1);
  return sameStart && same && last
    ? { revision: last.revision, hash: last.hash, position: last.position }
    : null;
};
