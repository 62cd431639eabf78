import { randomUUID } from 'node:crypto';

import {
  type EventBatch,
  type EventStore,
  type EventToAppend,
  type ExecutionId,
  executionStream,
  type Head,
  type StoredEvent,
  type StreamName,
  type UserId,
  userStream,
} from '@studio/contracts';

export const anExecution = (): StreamName => executionStream(randomUUID() as ExecutionId); // a made-up id
export const aUser = (): StreamName => userStream(randomUUID() as UserId); // a made-up id

/** About 800 bytes, as the events of a run have. */
export const anEvent = (changes: Partial<EventToAppend> = {}): EventToAppend => ({
  eventId: randomUUID(),
  type: 'NodeCompleted',
  data: JSON.stringify({ output: 'x'.repeat(400) }),
  metadata: JSON.stringify({ actor: 'y'.repeat(250) }),
  ...changes,
});

/** Texts for events of which only the number counts. */
export const tiny = { data: '{}', metadata: '{}' } as const;

export const events = (count: number, changes: Partial<EventToAppend> = {}): EventToAppend[] =>
  Array.from({ length: count }, () => anEvent(changes));

/** Appends one event after the other to a stream of its own, and answers the stream. */
export const writeAlone = async (store: EventStore, count: number): Promise<StreamName> => {
  const stream = anExecution();
  let head: Head | 'no_stream' = 'no_stream';
  for (let written = 0; written < count; written += 1)
    head = await store.append(stream, head, [anEvent()]);
  return stream;
};

/** Those of the named streams: a log under test may hold others, of other cases and other tests. */
export const eventsOf = (
  streams: readonly StreamName[],
  stored: readonly StoredEvent[],
): StoredEvent[] => {
  const wanted = new Set(streams);
  return stored.filter(({ stream }) => wanted.has(stream));
};

/** Takes batches until one reaches `upTo`; answers every event that came. */
export const takeUpTo = async (
  batches: AsyncIterable<EventBatch>,
  upTo: bigint,
): Promise<StoredEvent[]> => {
  const taken: StoredEvent[] = [];
  for await (const batch of batches) {
    taken.push(...batch.events);
    if (batch.upTo >= upTo) break;
  }
  return taken;
};

/** Takes batches until so many wanted events came; answers those. */
export const takeCount = async (
  batches: AsyncIterable<EventBatch>,
  count: number,
  wanted: (event: StoredEvent) => boolean,
): Promise<StoredEvent[]> => {
  const taken: StoredEvent[] = [];
  for await (const { events: came } of batches) {
    taken.push(...came.filter(wanted));
    if (taken.length >= count) break;
  }
  return taken;
};

/** The log behind a position, page by page. */
export const readBehind = async (
  store: EventStore,
  range: { readonly after: bigint; readonly limit?: number },
): Promise<StoredEvent[]> => {
  const read: StoredEvent[] = [];
  for (let { after } = range; ;) {
    const page = await store.readAll({ ...range, after });
    read.push(...page.events);
    if (page.upTo === after) return read;
    after = page.upTo;
  }
};

export const positionsOf = (stored: readonly StoredEvent[]): bigint[] =>
  stored.map(({ position }) => position);

/** Strictly rising, as positions of events that were each seen once and in order. */
export const inOrder = (positions: readonly bigint[]): boolean =>
  positions.every(
    (position, index) => index === 0 || position > (positions[index - 1] ?? position),
  );

/** 1n, 2n, … */
export const countingFrom = (first: bigint, count: number): bigint[] =>
  Array.from({ length: count }, (_, index) => first + BigInt(index));
