import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from '@jest/globals';
import type { EventStore, Head, StoredEvent, StreamName } from '@studio/contracts';

import { rounds } from '../fixtures/length.ts';
import { stopped } from '../store/stopped.ts';
import { startWriter, type WritingProcess } from '../store/writingProcess.ts';
import {
  anExecution,
  events,
  eventsOf,
  inOrder,
  positionsOf,
  readBehind,
  takeCount,
  tiny,
  writeAlone,
} from './logEvents.ts';
import type { Subject } from './subject.ts';

const total = rounds(2_400, 50_000);
const loopsHere = 6;

/** Appends of 1 to 40 events with random waits between them, to a stream of its own. */
const writeAtRandom = async (store: EventStore, count: number): Promise<StreamName> => {
  const stream = anExecution();
  let head: Head | 'no_stream' = 'no_stream';
  for (let left = count; left > 0;) {
    const size = Math.min(left, 1 + Math.floor(Math.random() * 40));
    head = await store.append(stream, head, events(size, tiny));
    left -= size;
    if (Math.random() < 0.1) await sleep(Math.random() * 10);
  }
  return stream;
};

/** Stops a writing process wherever it stands, also between what it sent and its answer, again and again. */
const stopAtRandom = async ({ pid }: WritingProcess, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await sleep(Math.random() * 200);
    await stopped([pid], () => sleep(200 + Math.random() * 300));
  }
};

/** What the log holds when its writers are done is what every reader must have seen. */
const expectSame = (seen: readonly StoredEvent[], present: readonly StoredEvent[]): void => {
  expect(inOrder(positionsOf(seen))).toBe(true);
  expect(positionsOf(seen)).toEqual(positionsOf(present));
};

/** The case that keeps two processors busy for longest. */
export const joinsWriters =
  'one that joins 8 writers, two of them processes that get stopped, sees each once';

export const joinPromises = ({ store, address, promise }: Subject): void => {
  promise('many that join while writers append see every event once, in one order', async () => {
    const after = await store().lastPosition();
    const writing = Promise.all(Array.from({ length: 10 }, () => writeAlone(store(), 40)));
    const aborter = new AbortController();
    const joined: StoredEvent[][] = [];
    const following: Promise<void>[] = [];
    const follow = async (seen: StoredEvent[]): Promise<void> => {
      for await (const batch of store().subscribe({ after, signal: aborter.signal }))
        seen.push(...batch.events);
    };
    for (let readers = 0; readers < 12; readers += 1) {
      joined.push([]);
      following.push(follow(joined.at(-1) ?? []));
      await sleep(3);
    }
    const streams = await writing;
    const present = eventsOf(streams, await readBehind(store(), { after }));
    expect(present).toHaveLength(400);
    while (joined.some((seen) => eventsOf(streams, seen).length < present.length)) await sleep(5);
    aborter.abort();
    await Promise.all(following);
    for (const seen of joined) expectSame(eventsOf(streams, seen), present);
  });

  promise(joinsWriters, async () => {
    const after = await store().lastPosition();
    const others = [startWriter(address(), 1), startWriter(address(), 1)];
    const ending = new AbortController();
    const stopping = others.slice(0, 1).map((writer) => stopAtRandom(writer, ending.signal));
    const share = total / loopsHere;
    const writing = Promise.all(
      Array.from({ length: loopsHere }, () => writeAtRandom(store(), Math.ceil(share))),
    );
    await sleep(300); // in the middle of it
    const follower = new AbortController();
    const seen: StoredEvent[] = [];
    const following = (async () => {
      for await (const batch of store().subscribe({ after, signal: follower.signal }))
        seen.push(...batch.events);
    })();
    const streams = await writing;
    while (others.some(({ acknowledged }) => acknowledged.size === 0)) await sleep(5);
    ending.abort();
    await Promise.all(stopping);
    await Promise.all(others.map((writer) => writer.stop()));
    const last = await store().append(anExecution(), 'no_stream', events(1));
    while ((seen.at(-1)?.position ?? 0n) < last.position) await sleep(5);
    follower.abort();
    await following;
    const present = await readBehind(store(), { after });
    expectSame(seen, present.slice(0, seen.length));
    expect(eventsOf(streams, present).length).toBeGreaterThanOrEqual(total);
    const stored = new Map(present.map(({ eventId, position }) => [eventId, position]));
    for (const { acknowledged } of others)
      expect([...acknowledged].filter(([id, at]) => stored.get(id) !== at)).toEqual([]);
  });

  promise('a stream comes to its follower in its own order, whole', async () => {
    const after = await store().lastPosition();
    const stream = anExecution();
    const taking = takeCount(
      store().subscribe({ after, signal: new AbortController().signal }),
      300,
      (event) => event.stream === stream,
    );
    let head: Head | 'no_stream' = 'no_stream';
    for (let round = 0; round < 100; round += 1)
      head = await store().append(stream, head, events(3, tiny));
    expect((await taking).map(({ revision }) => revision)).toEqual(
      Array.from({ length: 300 }, (_, revision) => revision),
    );
  });
};
