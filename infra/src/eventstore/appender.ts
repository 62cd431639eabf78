import { ConflictError, type EventStore, type Head } from '@studio/contracts';

import { earlierOutcome } from './earlierOutcome.ts';
import type { GroupCommit } from './groupCommit.ts';
import type { LogPages } from './logPages.ts';
import { prepareAppend, type PreparedAppend } from './preparedAppend.ts';

export interface Appender {
  append: EventStore['append'];
  /** Resolves when every append under way is answered. */
  idle(): Promise<void>;
}

export interface AppenderOptions {
  readonly commits: GroupCommit;
  readonly pages: LogPages;
  /** Told of a position that an earlier try had reached, which nobody may have been told of. */
  readonly onFoundEarlier: (position: bigint) => void;
}

const headAfter = ({ expectedRevision, events }: PreparedAppend, first: bigint): Head => ({
  revision: expectedRevision + events.length,
  hash: events.at(-1)?.hash ?? '', // a prepared append has at least one event
  position: first + BigInt(events.length - 1),
});

/** Appends through the group commit; one that was refused because an earlier try of it went through is answered as that try. */
export const createAppender = (options: AppenderOptions): Appender => {
  const { commits, pages, onFoundEarlier } = options;
  const underWay = new Set<Promise<unknown>>();

  const refused = async (append: PreparedAppend, foundRevision: number): Promise<Head> => {
    const { stream, expectedRevision, events } = append;
    const possible = foundRevision >= expectedRevision + events.length;
    const earlier = possible ? await earlierOutcome(pages, append) : null;
    if (!earlier) throw new ConflictError(stream, expectedRevision, foundRevision);
    onFoundEarlier(earlier.position);
    return earlier;
  };

  const commit = async (...given: Parameters<EventStore['append']>): Promise<Head> => {
    const append = prepareAppend(...given);
    const answer = await commits.submit(append);
    return answer.accepted
      ? headAfter(append, answer.firstPosition)
      : refused(append, answer.foundRevision);
  };

  return {
    append: (...given) => {
      const committing = commit(...given);
      const over = (): boolean => underWay.delete(answered);
      const answered: Promise<unknown> = committing.then(over, over); // the caller hears of it
      underWay.add(answered);
      return committing;
    },
    idle: async () => {
      await Promise.all(underWay);
    },
  };
};
