import { randomUUID } from 'node:crypto';

import { expect } from '@jest/globals';
import type { EventFilter, Head, StoredEvent } from '@studio/contracts';

import {
  anExecution,
  aUser,
  events,
  eventsOf,
  inOrder,
  positionsOf,
  readBehind,
  tiny,
} from './logEvents.ts';
import type { Subject } from './subject.ts';

/** Further than any log of a test reaches. */
const farAway = 1_000_000_000_000n;

export const passesAWholePage = 'a filter that leaves out a whole page goes on behind it';

export const readPromises = ({ store, createEmpty, promise }: Subject): void => {
  promise('a stream that does not exist has no head and no events', async () => {
    expect(await store().head(anExecution())).toBeNull();
    expect(await store().readStream(anExecution())).toEqual([]);
    expect(await store().readStream(anExecution(), { backwards: true })).toEqual([]);
    expect(await store().readStream(anExecution(), { from: 7 })).toEqual([]);
  });

  promise('an empty log ends at 0 and has an empty first page', async () => {
    const empty = await createEmpty();
    expect(await empty.lastPosition()).toBe(0n);
    expect(await empty.readAll({ after: 0n })).toEqual({ events: [], upTo: 0n });
    await empty.close();
  });

  promise('a stream is read by ranges, forwards and backwards', async () => {
    const stream = anExecution();
    await store().append(stream, 'no_stream', events(10));
    const revisions = async (range: object): Promise<number[]> =>
      (await store().readStream(stream, range)).map(({ revision }) => revision);
    expect(await revisions({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await revisions({ from: 3, limit: 2 })).toEqual([3, 4]);
    expect(await revisions({ from: 8 })).toEqual([8, 9]);
    expect(await revisions({ from: 10 })).toEqual([]);
    expect(await revisions({ backwards: true, limit: 3 })).toEqual([9, 8, 7]);
    expect(await revisions({ backwards: true, from: 1 })).toEqual([1, 0]);
    expect(await revisions({ backwards: true, from: 100, limit: 1 })).toEqual([9]);
  });

  promise('a stream of more than 1,000 events is read 1,000 at a time', async () => {
    const stream = anExecution();
    await store().append(stream, 'no_stream', events(1_001, tiny));
    expect(await store().readStream(stream)).toHaveLength(1_000);
    expect(await store().readStream(stream, { from: 1_000 })).toHaveLength(1);
  });

  promise('the whole log is read page by page, in order and whole', async () => {
    const after = await store().lastPosition();
    const streams = Array.from({ length: 5 }, () => anExecution());
    for (const stream of streams) await store().append(stream, 'no_stream', events(5));
    const pages = await readBehind(store(), { after, limit: 7 });
    expect(inOrder(positionsOf(pages))).toBe(true);
    expect(eventsOf(streams, pages)).toEqual(
      (await Promise.all(streams.map((stream) => store().readStream(stream)))).flat(),
    );
  });

  promise('a page has no more events than its limit', async () => {
    const after = await store().lastPosition();
    await store().append(anExecution(), 'no_stream', events(5));
    const page = await store().readAll({ after, limit: 3 });
    expect(page.events).toHaveLength(3);
    expect(page.upTo).toBe(page.events.at(-1)?.position);
  });

  promise('a filter takes categories and types; upTo counts what it left out', async () => {
    const after = await store().lastPosition();
    const streams = [anExecution(), aUser(), aUser()] as const;
    const [execution, user, other] = streams;
    await store().append(execution, 'no_stream', events(2, { type: 'NodeStarted' }));
    await store().append(user, 'no_stream', events(2, { type: 'UserRegistered' }));
    const last = await store().append(other, 'no_stream', events(3, { type: 'NodeStarted' }));
    const count = async (filter: EventFilter): Promise<number> => {
      const page = await store().readAll({ after, filter });
      expect(page.upTo).toBeGreaterThanOrEqual(last.position);
      return eventsOf(streams, page.events).length;
    };
    expect(await count({})).toBe(7);
    expect(await count({ categories: ['user'] })).toBe(5);
    expect(await count({ types: ['NodeStarted'] })).toBe(5);
    expect(await count({ categories: ['user'], types: ['NodeStarted'] })).toBe(3);
    expect(await count({ categories: ['user', 'execution'] })).toBe(7);
    expect(await count({ categories: ['workflow'] })).toBe(0);
    expect(await count({ types: ['UserRegistered', 'NodeStarted'] })).toBe(7);
    expect(await count({ types: ['UserRegister'] })).toBe(0);
    expect(await count({ types: [] })).toBe(0);
    expect(await count({ categories: [] })).toBe(0);
  });

  promise('a filtered page that is full ends at its last event', async () => {
    const after = await store().lastPosition();
    await store().append(aUser(), 'no_stream', events(2));
    const [stream, type] = [anExecution(), `Only${randomUUID()}`];
    const head = await store().append(stream, 'no_stream', events(4, { type }));
    const filter = { categories: ['execution'], types: [type] } as const;
    const first = await store().readAll({ after, filter, limit: 3 });
    expect(first.events).toHaveLength(3);
    expect(first.upTo).toBe(first.events.at(-1)?.position);
    const second = await store().readAll({ after: first.upTo, filter, limit: 3 });
    expect(positionsOf(second.events)).toEqual([head.position]);
  });

  promise(passesAWholePage, async () => {
    const after = await store().lastPosition();
    const [crowd, wanted] = [anExecution(), aUser()];
    let head: Head | 'no_stream' = 'no_stream';
    for (let round = 0; round < 12; round += 1)
      head = await store().append(crowd, head, events(1_000, tiny));
    await store().append(wanted, 'no_stream', events(1));
    const filter = { categories: ['user'] } as const;
    const found: StoredEvent[] = [];
    for (let at = after; found.length === 0;) {
      const page = await store().readAll({ after: at, filter });
      expect(page.upTo).toBeGreaterThan(at);
      found.push(...eventsOf([wanted], page.events));
      at = page.upTo;
    }
    expect(found).toEqual(await store().readStream(wanted));
  });

  promise('a position that the log never handed out is refused', async () => {
    const { position } = await store().append(anExecution(), 'no_stream', events(1));
    for (const after of [position + farAway, -1n])
      await expect(store().readAll({ after })).rejects.toMatchObject({ code: 'position.unknown' });
    const { upTo } = await store().readAll({ after: position });
    expect(upTo).toBeGreaterThanOrEqual(position);
  });

  promise('an empty page at the end of the log ends where it began', async () => {
    const { upTo } = await store().readAll({ after: await store().lastPosition() });
    expect(await store().readAll({ after: upTo })).toEqual({ events: [], upTo });
  });

  promise('a limit below 1 is refused', async () => {
    await expect(store().readAll({ after: 0n, limit: 0 })).rejects.toMatchObject({
      code: 'request.invalid',
    });
    await expect(store().readStream(anExecution(), { limit: 0 })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });

  promise('what somebody does to an event that was read does not reach the log', async () => {
    const stream = anExecution();
    await store().append(stream, 'no_stream', events(1));
    const [read] = await store().readStream(stream);
    Object.assign(read ?? {}, { data: 'changed', revision: 7 });
    expect((await store().readStream(stream))[0]?.revision).toBe(0);
  });

  promise('readers while many write see each event once, in one order', async () => {
    const start = await store().lastPosition();
    const streams = Array.from({ length: 20 }, () => anExecution());
    const writing = streams.map((stream) => store().append(stream, 'no_stream', events(5)));
    const seen: StoredEvent[] = [];
    for (let after = start; seen.length < 100;) {
      const page = await store().readAll({ after, limit: 9 });
      seen.push(...eventsOf(streams, page.events));
      after = page.upTo;
    }
    await Promise.all(writing);
    expect(inOrder(positionsOf(seen))).toBe(true);
    expect(seen).toEqual(eventsOf(streams, await readBehind(store(), { after: start })));
  });
};
