import {
  type AllRange,
  ConflictError,
  type EventBatch,
  type EventStore,
  type Head,
  type StoredEvent,
  type StreamName,
  type StreamRange,
} from '@studio/contracts';

import { matcher } from '../eventstore/eventFilter.ts';
import { prepareAppend, type PreparedAppend, storedEvents } from '../eventstore/preparedAppend.ts';
import { defaultLimit, refuseBadLimit, refuseUnknownPosition } from '../eventstore/ranges.ts';
import { subscription } from '../eventstore/subscription.ts';
import { createTail } from '../eventstore/tail.ts';
import { storeClosed } from '../eventstore/unavailable.ts';

/** Events are kept as text, so that nobody shares an object with the log. */
const toText = (event: StoredEvent): string =>
  JSON.stringify({ ...event, position: event.position.toString() });
const fromText = (text: string): StoredEvent => {
  const event = JSON.parse(text) as StoredEvent & { position: string }; // written by toText
  return { ...event, position: BigInt(event.position) };
};

const headOf = ({ revision, hash, position }: StoredEvent): Head => ({ revision, hash, position });

/** The log of a test: the same promises as every adapter, except that nothing outlives the process. */
export const createInMemoryEventStore = (storeId = 'memory'): EventStore => {
  const log: string[] = [];
  const streams = new Map<string, number[]>(); // indexes into the log
  const closing = new AbortController();

  const at = (index: number): StoredEvent => fromText(log[index] ?? '');
  /** Where the events of a stream lie; an event's place in it is its revision. */
  const placesOf = (stream: StreamName): readonly number[] => streams.get(stream) ?? [];
  const end = (): bigint => BigInt(log.length);

  const readAll = (range: AllRange): Promise<EventBatch> => {
    const { after, filter, limit = defaultLimit } = range;
    refuseBadLimit(limit);
    refuseUnknownPosition(after, end());
    const found = log.slice(Number(after)).map(fromText).filter(matcher(filter));
    const events = found.slice(0, limit);
    const last = events.at(-1);
    return Promise.resolve({
      events,
      upTo: last && events.length < found.length ? last.position : end(),
    });
  };

  const tail = createTail({
    from: 0n,
    readPage: (after) => readAll({ after, limit: 500 }),
    onTrouble: () => undefined, // reading memory does not fail
  });

  const store = (append: PreparedAppend): Head => {
    const first = end() + 1n;
    const stored = storedEvents(append, first);
    const indexes = streams.get(append.stream) ?? [];
    for (const event of stored) {
      indexes.push(log.length);
      log.push(toText(event));
    }
    streams.set(append.stream, indexes);
    tail.offer(first, end(), () => stored.map((event) => ({ ...event })));
    return headOf(at(log.length - 1));
  };

  const append: EventStore['append'] = (stream, expected, events) => {
    const prepared = prepareAppend(stream, expected, events);
    const { expectedRevision, expectedHash } = prepared;
    const present = placesOf(stream);
    const before = present[expectedRevision];
    const sameStart = (before === undefined ? null : at(before).hash) === expectedHash;
    if (sameStart && present.length === expectedRevision + 1)
      return Promise.resolve(store(prepared));
    const next = expectedRevision + 1;
    const earlier = present.slice(next, next + events.length).map(at);
    const last = earlier.at(-1);
    const same = events.every(({ eventId }, index) => earlier[index]?.eventId === eventId);
    if (sameStart && same && last) return Promise.resolve(headOf(last));
    throw new ConflictError(stream, expectedRevision, present.length - 1);
  };

  const readStream = (stream: StreamName, range: StreamRange): StoredEvent[] => {
    const { limit = defaultLimit, backwards = false } = range;
    refuseBadLimit(limit);
    const present = placesOf(stream);
    if (!backwards) {
      const { from = 0 } = range;
      return present.slice(from, from + limit).map(at);
    }
    const end = Math.min(range.from ?? Infinity, present.length - 1) + 1;
    return present
      .slice(Math.max(0, end - limit), end)
      .reverse()
      .map(at);
  };

  /** Answers later, as a real store does, and never once it is closed. */
  const whileOpen = async <T>(work: () => T | Promise<T>): Promise<T> => {
    if (closing.signal.aborted) throw storeClosed();
    await Promise.resolve();
    return work();
  };

  return {
    storeId,
    append: (stream, expected, events) => whileOpen(() => append(stream, expected, events)),
    head: (stream) => whileOpen(() => placesOf(stream).slice(-1).map(at).map(headOf)[0] ?? null),
    readStream: (stream, range = {}) => whileOpen(() => readStream(stream, range)),
    readAll: (range) => whileOpen(() => readAll(range)),
    lastPosition: () => whileOpen(end),
    subscribe: (range) =>
      subscription(
        // a refused range must reject, not throw
        {
          tail,
          readPage: (all) => Promise.resolve().then(() => readAll(all)),
          closing: closing.signal,
          onTrouble: () => undefined,
        },
        range,
      ),
    close: () => {
      closing.abort();
      tail.close();
      return Promise.resolve();
    },
  };
};
