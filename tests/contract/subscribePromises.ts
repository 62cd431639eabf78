import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from '@jest/globals';
import type { StoredEvent } from '@studio/contracts';

import {
  anExecution,
  aUser,
  events,
  eventsOf,
  inOrder,
  positionsOf,
  readBehind,
  takeCount,
  takeUpTo,
  tiny,
} from './logEvents.ts';
import type { Subject } from './subject.ts';

const never = (): AbortSignal => new AbortController().signal;
/** Further than any log of a test reaches. */
const farAway = 1_000_000_000_000n;

export const subscribePromises = ({ store, promise }: Subject): void => {
  promise('from the start: everything, then what comes', async () => {
    const [early, late] = [anExecution(), anExecution()];
    await store().append(early, 'no_stream', events(3));
    const subscription = store().subscribe({ after: 0n, signal: never() });
    const taking = takeCount(subscription, 5, ({ stream }) => [early, late].includes(stream));
    await sleep(20);
    const head = await store().append(late, 'no_stream', events(2));
    const taken = await taking;
    const all = await readBehind(store(), { after: 0n });
    expect(taken).toEqual(eventsOf([early, late], all));
    expect(positionsOf(taken).at(-1)).toBe(head.position);
    expect(taken).toHaveLength(5);
  });

  promise('from the middle and from the end: only what lies behind', async () => {
    const streams = [anExecution(), anExecution(), anExecution()] as const;
    const [first, second, third] = streams;
    const middle = await store().append(first, 'no_stream', events(3));
    const end = await store().append(second, 'no_stream', events(3));
    const ours = ({ stream }: { readonly stream: string }): boolean =>
      streams.some((known) => known === stream);
    const behind = (after: bigint) => store().subscribe({ after, signal: never() });
    const fromMiddle = await takeCount(behind(middle.position), 3, ours);
    expect(fromMiddle).toEqual(await store().readStream(second));
    const fromEnd = takeCount(behind(end.position), 1, ours);
    const last = await store().append(third, 'no_stream', events(1));
    expect(positionsOf(await fromEnd)).toEqual([last.position]);
  });

  promise('from inside an append: the rest of it', async () => {
    const stream = anExecution();
    await store().append(stream, 'no_stream', events(4));
    const stored = await store().readStream(stream);
    const after = stored[1]?.position ?? 0n;
    const rest = takeCount(
      store().subscribe({ after, signal: never() }),
      2,
      (event) => event.stream === stream,
    );
    expect(await rest).toEqual(stored.slice(2));
  });

  promise('a position that the log never handed out is refused', async () => {
    for (const after of [(await store().lastPosition()) + farAway, -1n]) {
      const taking = takeUpTo(store().subscribe({ after, signal: never() }), after + 1n);
      await expect(taking).rejects.toMatchObject({ code: 'position.unknown' });
    }
  });

  promise('a filter passes what it names and tells how far the log was read', async () => {
    const aborter = new AbortController();
    const filter = { categories: ['user'] as const };
    const after = await store().lastPosition();
    const reached: bigint[] = [after];
    const taken: StoredEvent[] = [];
    const following = (async () => {
      for await (const batch of store().subscribe({ after, filter, signal: aborter.signal })) {
        reached.push(batch.upTo);
        taken.push(...batch.events);
      }
    })();
    const [user, other, execution] = [aUser(), aUser(), anExecution()];
    await store().append(user, 'no_stream', events(1));
    await sleep(20);
    await store().append(other, 'no_stream', events(1));
    const end = await store().append(execution, 'no_stream', events(3));
    while ((reached.at(-1) ?? 0n) < end.position) await sleep(5);
    aborter.abort();
    await following;
    expect(eventsOf([user, other, execution], taken).map(({ stream }) => stream)).toEqual([
      user,
      other,
    ]);
    expect(inOrder([...new Set(reached)])).toBe(true);
  });

  promise('a filter by type catches up and follows', async () => {
    const after = await store().lastPosition();
    const stream = anExecution();
    const type = `Only${randomUUID()}`;
    const head = await store().append(stream, 'no_stream', [...events(3), ...events(2, { type })]);
    const following = store().subscribe({ after, filter: { types: [type] }, signal: never() });
    const taking = takeCount(following, 3, () => true);
    await sleep(20);
    await store().append(stream, head, [...events(3), ...events(1, { type })]);
    expect((await taking).map(({ revision }) => revision)).toEqual([3, 4, 8]);
  });

  promise('a reader that stops for a while misses nothing and delays nobody', async () => {
    const after = await store().lastPosition();
    const first = anExecution();
    const streams = [first, ...Array.from({ length: 10 }, () => anExecution())];
    const slow = store().subscribe({ after, signal: never() })[Symbol.asyncIterator]();
    await store().append(first, 'no_stream', events(1));
    const begun = await slow.next();
    const seen = begun.done ? [] : eventsOf(streams, begun.value.events);
    const quick = takeCount(store().subscribe({ after, signal: never() }), 5_001, ({ stream }) =>
      streams.includes(stream),
    );
    for (const stream of streams.slice(1))
      await store().append(stream, 'no_stream', events(500, tiny));
    expect(await quick).toHaveLength(5_001);
    while (seen.length < 5_001) {
      const next = await slow.next();
      if (next.done) break;
      seen.push(...eventsOf(streams, next.value.events));
    }
    await slow.return?.();
    expect(positionsOf(seen)).toEqual(positionsOf(await quick));
  });

  promise('an abort ends the iteration without an error, also before it began', async () => {
    const aborter = new AbortController();
    const after = await store().lastPosition();
    const following = takeUpTo(store().subscribe({ after, signal: aborter.signal }), farAway);
    await sleep(20);
    aborter.abort();
    await following;
    expect(await takeUpTo(store().subscribe({ after, signal: aborter.signal }), farAway)).toEqual(
      [],
    );
  });

  promise('an abort while the first page is read ends the iteration too', async () => {
    const aborter = new AbortController();
    const after = await store().lastPosition();
    const following = takeUpTo(store().subscribe({ after, signal: aborter.signal }), farAway);
    aborter.abort();
    await following;
  });

  promise('a reader that leaves early lets go, and the store goes on', async () => {
    const stream = anExecution();
    const head = await store().append(stream, 'no_stream', events(2));
    for await (const { events: came } of store().subscribe({ after: 0n, signal: never() }))
      if (came.length > 0) break;
    expect((await store().append(stream, head, events(1))).revision).toBe(2);
  });

  promise('closing the store ends subscriptions without an error', async () => {
    const after = await store().lastPosition();
    const following = takeUpTo(store().subscribe({ after, signal: never() }), farAway);
    await sleep(20);
    await store().close();
    await following;
  });
};
