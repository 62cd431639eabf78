import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from '@jest/globals';
import type { Head, StoredEvent, StreamName } from '@studio/contracts';

import { anExecution, events, eventsOf, inOrder, positionsOf, readBehind } from './logEvents.ts';
import type { Subject } from './subject.ts';

export const troublePromises = ({ store, breakConnections, promise }: Subject): void => {
  /** Appends one event after the other until told to end; a doubled or lost one would break its chain. */
  const writeUntil = async (stream: StreamName, signal: AbortSignal): Promise<Head[]> => {
    const heads: Head[] = [];
    while (!signal.aborted)
      heads.push(await store().append(stream, heads.at(-1) ?? 'no_stream', events(1)));
    return heads;
  };

  promise('connections that break while it catches up cost a subscription nothing', async () => {
    const after = await store().lastPosition();
    const streams = Array.from({ length: 8 }, () => anExecution());
    for (const stream of streams) {
      const head = await store().append(stream, 'no_stream', events(400));
      await store().append(stream, head, events(400));
    }
    const taken: StoredEvent[] = [];
    const breaking: Promise<void>[] = [];
    let batches = 0;
    const subscription = store().subscribe({ after, signal: new AbortController().signal });
    for await (const batch of subscription) {
      taken.push(...eventsOf(streams, batch.events));
      batches += 1;
      if (batches % 2 === 1) breaking.push(breakConnections()); // while the next page is asked for
      if (taken.length >= 6_400) break;
    }
    await Promise.all(breaking);
    expect(breaking.length).toBeGreaterThan(1);
    expect(inOrder(positionsOf(taken))).toBe(true);
    expect(taken).toHaveLength(6_400);
  });

  promise(
    'connections that break while it is live cost neither writers nor a subscription',
    async () => {
      const after = await store().lastPosition();
      const streams = Array.from({ length: 8 }, () => anExecution());
      const [writing, follower] = [new AbortController(), new AbortController()];
      const followed: StoredEvent[] = [];
      const following = (async () => {
        for await (const batch of store().subscribe({ after, signal: follower.signal }))
          followed.push(...eventsOf(streams, batch.events));
      })();
      const acknowledging = streams.map((stream) => writeUntil(stream, writing.signal));
      for (let round = 0; round < 5; round += 1) {
        await sleep(150);
        await breakConnections();
      }
      await sleep(150);
      writing.abort();
      const acknowledged = await Promise.all(acknowledging);
      const present = eventsOf(streams, await readBehind(store(), { after }));
      const known = acknowledged.flat().map(({ position }) => position);
      expect([...known].sort((a, b) => Number(a - b))).toEqual(positionsOf(present));
      while (followed.length < present.length) await sleep(5);
      follower.abort();
      await following;
      expect(followed).toEqual(present);
    },
  );
};
