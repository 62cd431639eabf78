import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from '@jest/globals';
import type { StoredEvent } from '@studio/contracts';

import { anExecution, aUser, events, positionsOf, takeUpTo, writeAlone } from './logEvents.ts';
import type { Subject } from './subject.ts';

const never = (): AbortSignal => new AbortController().signal;

export const subscribePromises = ({ store, promise }: Subject): void => {
  promise('from the start: everything, then what comes', async () => {
    const early = await store().append(anExecution(), 'no_stream', events(3));
    const taking = takeUpTo(store().subscribe({ after: 0n, signal: never() }), early.position + 2n);
    await sleep(20);
    await store().append(anExecution(), 'no_stream', events(2));
    const taken = await taking;
    expect(taken).toEqual((await store().readAll({ after: 0n })).events);
    expect(taken).toHaveLength(5);
  });

  promise('from the middle and from the end: only what lies behind', async () => {
    const middle = await store().append(anExecution(), 'no_stream', events(3));
    const end = await store().append(anExecution(), 'no_stream', events(3));
    const fromMiddle = takeUpTo(
      store().subscribe({ after: middle.position, signal: never() }),
      end.position,
    );
    expect(await fromMiddle).toHaveLength(3);
    const fromEnd = takeUpTo(
      store().subscribe({ after: end.position, signal: never() }),
      end.position + 1n,
    );
    const last = await store().append(anExecution(), 'no_stream', events(1));
    expect(positionsOf(await fromEnd)).toEqual([last.position]);
  });

  promise('a position that the log never handed out is refused', async () => {
    const taking = takeUpTo(store().subscribe({ after: 99n, signal: never() }), 100n);
    await expect(taking).rejects.toMatchObject({ code: 'position.unknown' });
  });

  promise('many that join while writers append see every event once, in one order', async () => {
    const total = 400n;
    const writing = Array.from({ length: 10 }, () => writeAlone(store(), 40));
    const joining: Promise<StoredEvent[]>[] = [];
    for (let joined = 0; joined < 12; joined += 1) {
      joining.push(takeUpTo(store().subscribe({ after: 0n, signal: never() }), total));
      await sleep(3);
    }
    await Promise.all(writing);
    const order = positionsOf((await store().readAll({ after: 0n })).events);
    for (const taken of await Promise.all(joining)) expect(positionsOf(taken)).toEqual(order);
    expect(order).toHaveLength(Number(total));
  });

  promise('a filter passes what it names and tells how far the log was read', async () => {
    const aborter = new AbortController();
    const filter = { categories: ['user'] as const };
    const reached: bigint[] = [];
    const streams: string[] = [];
    const following = (async () => {
      for await (const batch of store().subscribe({ after: 0n, filter, signal: aborter.signal })) {
        reached.push(batch.upTo);
        streams.push(...batch.events.map(({ stream }) => stream));
      }
    })();
    const user = aUser();
    await store().append(user, 'no_stream', events(1));
    await sleep(20);
    const end = await store().append(anExecution(), 'no_stream', events(3));
    while (reached.at(-1) !== end.position) await sleep(5);
    aborter.abort();
    await following;
    expect(streams).toEqual([user]);
    expect(reached).toEqual([...reached].sort((a, b) => Number(a - b)));
  });

  promise('a reader that stops for a while misses nothing and delays nobody', async () => {
    const slow = store().subscribe({ after: 0n, signal: never() })[Symbol.asyncIterator]();
    await store().append(anExecution(), 'no_stream', events(1));
    const first = await slow.next();
    const seen = first.done ? [] : positionsOf(first.value.events);
    const quick = takeUpTo(store().subscribe({ after: 0n, signal: never() }), 5_001n);
    const small = { data: '{}', metadata: '{}' };
    for (let rounds = 0; rounds < 10; rounds += 1)
      await store().append(anExecution(), 'no_stream', events(500, small));
    expect(await quick).toHaveLength(5_001);
    while (seen.length < 5_001) {
      const next = await slow.next();
      if (next.done) break;
      seen.push(...positionsOf(next.value.events));
    }
    await slow.return?.();
    expect(seen).toEqual(positionsOf(await quick));
  });

  promise('an abort ends the iteration without an error, also before it began', async () => {
    const aborter = new AbortController();
    const following = takeUpTo(store().subscribe({ after: 0n, signal: aborter.signal }), 99n);
    await sleep(20);
    aborter.abort();
    expect(await following).toEqual([]);
    expect(await takeUpTo(store().subscribe({ after: 0n, signal: aborter.signal }), 99n)).toEqual(
      [],
    );
  });

  promise('an abort while the first page is read ends the iteration too', async () => {
    const aborter = new AbortController();
    const following = takeUpTo(store().subscribe({ after: 0n, signal: aborter.signal }), 99n);
    aborter.abort();
    expect(await following).toEqual([]);
  });

  promise('closing the store ends subscriptions without an error', async () => {
    const following = takeUpTo(store().subscribe({ after: 0n, signal: never() }), 99n);
    await sleep(20);
    await store().close();
    expect(await following).toEqual([]);
  });
};
