import { randomUUID } from 'node:crypto';

import { expect } from '@jest/globals';
import { ConflictError, type Head, maxAppendBytes, type StreamName } from '@studio/contracts';
import { chainHash, chainSeed } from '@studio/infra';

import { anEvent, anExecution, events, eventsOf, readBehind } from './logEvents.ts';
import type { Subject } from './subject.ts';

const chained = (stream: StreamName, appended: readonly ReturnType<typeof anEvent>[]): string =>
  appended.reduce((hash, event) => chainHash(hash, event), chainSeed(stream));

export const appendPromises = ({ store, promise }: Subject): void => {
  promise('answers the new head: last revision, chain hash, position', async () => {
    const stream = anExecution();
    const appended = events(3);
    const head = await store().append(stream, 'no_stream', appended);
    expect(head.revision).toBe(2);
    expect(head.hash).toBe(chained(stream, appended));
    expect(await store().head(stream)).toEqual(head);
    expect(await store().lastPosition()).toBeGreaterThanOrEqual(head.position);
  });

  promise('goes on from the head that it answered', async () => {
    const stream = anExecution();
    const [first, second] = [anEvent(), anEvent()];
    const head = await store().append(stream, 'no_stream', [first]);
    const next = await store().append(stream, head, [second]);
    expect(next.revision).toBe(1);
    expect(next.hash).toBe(chained(stream, [first, second]));
    expect(next.position).toBeGreaterThan(head.position);
  });

  promise('a conflict names both heads and stores nothing', async () => {
    const stream = anExecution();
    const stale = await store().append(stream, 'no_stream', events(1));
    const head = await store().append(stream, stale, events(2));
    const refused = await store()
      .append(stream, stale, events(3))
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConflictError);
    expect(refused).toMatchObject({ code: 'append.conflict', stream, expected: 0, actual: 2 });
    expect(await store().head(stream)).toEqual(head);
    expect(await store().readStream(stream)).toHaveLength(3);
  });

  promise('no_stream is refused when the stream exists, a head when it does not', async () => {
    const [present, absent] = [anExecution(), anExecution()];
    const head = await store().append(present, 'no_stream', events(1));
    await expect(store().append(present, 'no_stream', events(1))).rejects.toMatchObject({
      code: 'append.conflict',
      expected: -1,
      actual: 0,
    });
    await expect(store().append(absent, head, events(1))).rejects.toMatchObject({
      code: 'append.conflict',
      expected: 0,
      actual: -1,
    });
  });

  promise('the right revision with another hash is a conflict', async () => {
    const stream = anExecution();
    const head = await store().append(stream, 'no_stream', events(1));
    const forged: Head = { ...head, hash: 'ab'.repeat(32) };
    await expect(store().append(stream, forged, events(1))).rejects.toMatchObject({
      code: 'append.conflict',
    });
    expect(await store().head(stream)).toEqual(head);
  });

  promise('one retried at once answers as the first did and stores nothing more', async () => {
    const stream = anExecution();
    const appended = events(2);
    const head = await store().append(stream, 'no_stream', appended);
    expect(await store().append(stream, 'no_stream', appended)).toEqual(head);
    expect(await store().readStream(stream)).toHaveLength(2);
  });

  promise('one retried after others went on answers as the first did', async () => {
    const stream = anExecution();
    const before = await store().append(stream, 'no_stream', events(1));
    const appended = events(2);
    const head = await store().append(stream, before, appended);
    await store().append(stream, head, events(4));
    expect(await store().append(stream, before, appended)).toEqual(head);
    expect(await store().readStream(stream)).toHaveLength(7);
  });

  promise('a retry with one more event, or other ids, is a conflict', async () => {
    const stream = anExecution();
    const appended = events(2);
    await store().append(stream, 'no_stream', appended);
    for (const other of [
      [...appended, anEvent()],
      events(2),
      [appended[0] ?? anEvent(), anEvent()],
    ])
      await expect(store().append(stream, 'no_stream', other)).rejects.toMatchObject({
        code: 'append.conflict',
      });
  });

  promise('two that expect the same head: exactly one goes through', async () => {
    const stream = anExecution();
    const head = await store().append(stream, 'no_stream', events(1));
    const tries = Array.from({ length: 20 }, () => store().append(stream, head, events(2)));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store().readStream(stream)).toHaveLength(3);
  });

  promise('appends of many callers are accepted or refused each on its own', async () => {
    const present = anExecution();
    await store().append(present, 'no_stream', events(1));
    const good = Array.from({ length: 40 }, () => anExecution());
    const settled = await Promise.allSettled(
      good.flatMap((stream) => [
        store().append(stream, 'no_stream', events(2)),
        store().append(present, 'no_stream', events(1)),
      ]),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    for (const stream of good) expect(await store().readStream(stream)).toHaveLength(2);
    expect(await store().readStream(present)).toHaveLength(1);
  });

  promise('the events of one append lie together', async () => {
    const after = await store().lastPosition();
    const streams = Array.from({ length: 30 }, () => anExecution());
    await Promise.all(streams.map((stream) => store().append(stream, 'no_stream', events(3))));
    const read = await readBehind(store(), { after });
    for (const stream of streams) {
      const first = read.findIndex((event) => event.stream === stream);
      expect(eventsOf([stream], read.slice(first, first + 3))).toHaveLength(3);
    }
  });

  promise('nothing to append is refused', async () => {
    await expect(store().append(anExecution(), 'no_stream', [])).rejects.toMatchObject({
      code: 'append.empty',
    });
  });

  promise('512 KiB of data and metadata go in, one byte more is refused', async () => {
    const full = anEvent({ data: 'é'.repeat(maxAppendBytes / 2 - 1), metadata: '{}' });
    const [filled, refused] = [anExecution(), anExecution()];
    await store().append(filled, 'no_stream', [full]);
    const over = anEvent({ data: full.data, metadata: '{ }' });
    await expect(store().append(refused, 'no_stream', [over])).rejects.toMatchObject({
      code: 'append.too_large',
    });
    expect(await store().readStream(filled)).toMatchObject([full]);
    expect(await store().head(refused)).toBeNull();
  });

  promise('the limit is of all events of an append together', async () => {
    const stream = anExecution();
    const quarter = { data: 'x'.repeat(maxAppendBytes / 4 - 2), metadata: '{}' };
    const head = await store().append(stream, 'no_stream', events(4, quarter));
    const over = [...events(3, quarter), anEvent({ ...quarter, metadata: '{ }' })];
    await expect(store().append(stream, head, over)).rejects.toMatchObject({
      code: 'append.too_large',
    });
    expect(await store().head(stream)).toEqual(head);
  });

  promise('a raw lone surrogate or NUL, and an id that is none, are refused', async () => {
    const bad = [
      { data: '"\ud800"' },
      { metadata: '"\udc00"' },
      { data: '"\0"' },
      { type: 'Node\0Completed' },
      { eventId: randomUUID().toUpperCase() },
    ];
    const stream = anExecution();
    for (const changes of bad)
      await expect(
        store().append(stream, 'no_stream', [anEvent(), anEvent(changes)]),
      ).rejects.toMatchObject({ code: 'request.invalid' });
    expect(await store().head(stream)).toBeNull();
  });

  promise('a closed store refuses work, and answers what was under way first', async () => {
    const subject = store();
    const streams = Array.from({ length: 20 }, () => anExecution());
    const underWay = streams.map((stream) => subject.append(stream, 'no_stream', events(1)));
    const closing = subject.close();
    expect((await Promise.all(underWay)).map(({ revision }) => revision)).toEqual(
      streams.map(() => 0),
    );
    await closing;
    await expect(subject.append(anExecution(), 'no_stream', events(1))).rejects.toMatchObject({
      code: 'log.unavailable',
    });
  });
};
