import type { Head, StoredEvent, StreamName, StreamRange } from '@studio/contracts';

import { defaultLimit, refuseBadLimit } from '../eventstore/ranges.ts';
import type { Ask } from './asking.ts';
import { asPortError, deletedUnderUs } from './failures.ts';
import type { Grpc } from './grpc.ts';
import { readEvents } from './reading.ts';
import { streamRequest } from './readRequests.ts';
import type { Space } from './space.ts';

/** Reads single streams. Errors: `log.unavailable`, and `log.corrupt` for a stream that was deleted or truncated. */
export interface StreamPages {
  head(stream: StreamName): Promise<Head | null>;
  readStream(stream: StreamName, range?: StreamRange): Promise<StoredEvent[]>;
}

type Run = readonly StoredEvent[];

const followOneAnother = (events: Run, step: 1 | -1): boolean =>
  events.every(({ revision }, index) => revision === (events[0]?.revision ?? 0) + index * step);

/** Forwards a range begins where it says; what is missing there was taken away. */
const beginsAt = ([first]: Run, from: number): boolean => !first || first.revision === from;

/** Backwards a range that is not full goes back to the first event. */
const endsAtFirst = (events: Run, limit: number): boolean =>
  events.length === 0 || events.length >= limit || events.at(-1)?.revision === 0;

const isWhole = (events: Run, { from, limit = defaultLimit, backwards }: StreamRange): boolean =>
  backwards
    ? followOneAnother(events, -1) && endsAtFirst(events, limit)
    : followOneAnother(events, 1) && beginsAt(events, from ?? 0);

export const createStreamPages = (grpc: Grpc, space: Space, ask: Ask): StreamPages => {
  /** A stream that was deleted softly is not found either; the server keeps what hides its events. */
  const refuseDeleted = async (stream: StreamName): Promise<void> => {
    const name = `$$${space.nameOf(stream)}`;
    const request = streamRequest({ name, from: null, count: 1, backwards: true });
    const { count } = await readEvents(grpc, request, () => true);
    if (count > 0) throw deletedUnderUs(stream);
  };

  const eventsOf = async (stream: StreamName, range: StreamRange): Promise<StoredEvent[]> => {
    const { from = null, limit = defaultLimit, backwards = false } = range;
    const events: StoredEvent[] = [];
    const request = streamRequest({ name: space.nameOf(stream), from, count: limit, backwards });
    const { found } = await readEvents(grpc, request, (recorded) => {
      const event = space.eventOf(recorded);
      if (event) events.push(event);
      return true;
    });
    if (!found) await refuseDeleted(stream);
    if (!isWhole(events, range)) throw deletedUnderUs(stream);
    return events;
  };

  const readStream = async (
    stream: StreamName,
    range: StreamRange = {},
  ): Promise<StoredEvent[]> => {
    refuseBadLimit(range.limit ?? defaultLimit);
    try {
      return await ask(() => eventsOf(stream, range));
    } catch (error) {
      throw asPortError(error, stream);
    }
  };

  return {
    readStream,
    head: async (stream) => {
      const [last] = await readStream(stream, { backwards: true, limit: 1 });
      return last ? { revision: last.revision, hash: last.hash, position: last.position } : null;
    },
  };
};
