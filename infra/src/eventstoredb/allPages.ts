import { type AllRange, type EventBatch, type StoredEvent, StudioError } from '@studio/contracts';

import { matcher } from '../eventstore/eventFilter.ts';
import { defaultLimit, refuseBadLimit } from '../eventstore/ranges.ts';
import type { Ask } from './asking.ts';
import { asPortError, verdictOf } from './failures.ts';
import type { Grpc } from './grpc.ts';
import { readEvents } from './reading.ts';
import { allRequest, lastRequest } from './readRequests.ts';
import { positionOf, type Recorded, type Space } from './space.ts';

/** Reads the log in the order of all streams. */
export interface AllPages {
  readAll(range: AllRange): Promise<EventBatch>;
  lastPosition(): Promise<bigint>;
}

export interface AllPagesOptions {
  readonly grpc: Grpc;
  readonly space: Space;
  /** Position of the event that founded the log: nothing of the log lies before it. */
  readonly foundedAt: bigint;
  readonly ask: Ask;
}

/** So many events are looked at for one page, however few of them pass its filter. */
const window = 10_000;
const lookAtOnce = 1_000;
/** A page ends here even if its limit is not reached, so that reading has bounded memory. */
const maxPageCharacters = 8 * 1024 * 1024;
const firstLookBack = 100;

const unknownPosition = (after: bigint, cause?: unknown): StudioError =>
  new StudioError('invalid', 'position.unknown', `the log never handed out ${after}`, { cause });

/** A page of `$all` while it fills. */
const createPage = (space: Space, { after, filter, limit = defaultLimit }: AllRange) => {
  const matches = matcher(filter);
  const events: StoredEvent[] = [];
  let characters = 0;
  let upTo = after;
  return {
    /** Answers whether there is room for more. */
    add: (recorded: Recorded): boolean => {
      const event = space.eventOf(recorded);
      if (!event) return true;
      upTo = event.position; // the filter may leave it out, but it was read
      if (!matches(event)) return true;
      events.push(event);
      characters += event.data.length + event.metadata.length;
      return events.length < limit && characters < maxPageCharacters;
    },
    events,
    /** Position of the last event of this log that was read. */
    upTo: () => upTo,
  };
};

type Page = ReturnType<typeof createPage>;

interface Look {
  /** Position of the last event of any kind that was read. */
  readonly seenTo: bigint;
  readonly ends: 'page full' | 'log ended' | 'more to see';
}

export const createAllPages = ({ grpc, space, foundedAt, ask }: AllPagesOptions): AllPages => {
  /** Puts so many events behind `from`, an event's own position, into the page. */
  const look = async (page: Page, from: bigint, count: number): Promise<Look> => {
    const state = { began: false, full: false, seenTo: from };
    const read = await readEvents(grpc, allRequest(from, count + 1), (recorded) => {
      const position = positionOf(recorded);
      if (!state.began) return (state.began = position === from); // what lies at `from` is included
      state.seenTo = position;
      state.full = !page.add(recorded);
      return !state.full;
    });
    // behind its end the server finds nothing, without an error
    if (!state.began) throw unknownPosition(from);
    const more = read.count === count + 1 ? 'more to see' : 'log ended';
    return { seenTo: state.seenTo, ends: state.full ? 'page full' : more };
  };

  const fill = async (page: Page, from: bigint, limit: number): Promise<EventBatch> => {
    let { seenTo, ends } = await look(page, from, Math.min(limit, window));
    for (let looked = limit; ends === 'more to see' && looked < window; looked += lookAtOnce)
      ({ seenTo, ends } = await look(page, seenTo, lookAtOnce));
    // a position of somebody else's event is handed out only where the log goes on behind it
    return { events: page.events, upTo: ends === 'more to see' ? seenTo : page.upTo() };
  };

  const readAll = async (range: AllRange): Promise<EventBatch> => {
    const { after, limit = defaultLimit } = range;
    refuseBadLimit(limit);
    if (after < 0n || (after > 0n && after < foundedAt)) throw unknownPosition(after);
    const from = after === 0n ? foundedAt : after;
    try {
      return await ask(() => fill(createPage(space, range), from, limit));
    } catch (error) {
      if (verdictOf(error) === 'no_such_position') throw unknownPosition(after, error);
      throw asPortError(error, 'the log');
    }
  };

  /** The last event of this log among the last so many of the server; 0n: there is none, null: look further back. */
  const lastAmong = async (count: number): Promise<bigint | null> => {
    const state: { at: bigint; found: bigint | null } = { at: 0n, found: null };
    const read = await readEvents(grpc, lastRequest(count), (recorded) => {
      state.at = positionOf(recorded);
      if (space.eventOf(recorded)) state.found = state.at;
      return state.found === null && state.at > foundedAt;
    });
    const searched = state.at <= foundedAt || read.count < count;
    return state.found ?? (searched ? 0n : null);
  };

  const lastPosition = async (): Promise<bigint> => {
    try {
      for (let count = firstLookBack; ; count *= 4) {
        const last = await ask(() => lastAmong(count));
        if (last !== null) return last;
      }
    } catch (error) {
      throw asPortError(error, 'the log');
    }
  };

  return { readAll, lastPosition };
};
