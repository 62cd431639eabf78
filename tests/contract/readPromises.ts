import { expect } from '@jest/globals';

import { anEvent, anExecution, aUser, countingFrom, events, positionsOf } from './logEvents.ts';
import type { Subject } from './subject.ts';

export const readPromises = ({ store, promise }: Subject): void => {
  promise('a stream that does not exist has no head and no events', async () => {
    expect(await store().head(anExecution())).toBeNull();
    expect(await store().readStream(anExecution())).toEqual([]);
    expect(await store().readStream(anExecution(), { backwards: true })).toEqual([]);
  });

  promise('an empty log ends at 0 and has an empty first page', async () => {
    expect(await store().lastPosition()).toBe(0n);
    expect(await store().readAll({ after: 0n })).toEqual({ events: [], upTo: 0n });
  });

  promise('bytes come back as they went in', async () => {
    const awkward = [
      JSON.stringify({ text: 'Zoë 😀 ﷽ \u0000 \ud800 \udfff \u2028 "\\' }),
      '{"number":1.0,"big":12345678901234567890.10,"twice":1,"twice":2}',
      '{ "spaces" :\t1 }\n',
      '',
      JSON.stringify('\\u0000 {braces} \'quotes\' "NULL" NULL,'),
    ];
    const appended = awkward.map((text) =>
      anEvent({ type: 'Zoë,"{}', data: text, metadata: text }),
    );
    const stream = anExecution();
    const head = await store().append(stream, 'no_stream', appended);
    const read = await store().readStream(stream);
    expect(
      read.map(({ eventId, type, data, metadata }) => ({ eventId, type, data, metadata })),
    ).toEqual(appended);
    expect(read.at(-1)).toMatchObject({ ...head, stream });
    expect((await store().readAll({ after: 0n })).events).toEqual(read);
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
    await store().append(stream, 'no_stream', events(1_001, { data: '{}', metadata: '{}' }));
    expect(await store().readStream(stream)).toHaveLength(1_000);
    expect(await store().readStream(stream, { from: 1_000 })).toHaveLength(1);
  });

  promise('the whole log is read page by page, in order and whole', async () => {
    for (let stream = 0; stream < 5; stream += 1)
      await store().append(anExecution(), 'no_stream', events(5));
    const seen: bigint[] = [];
    for (let after = 0n; ;) {
      const page = await store().readAll({ after, limit: 7 });
      if (page.upTo === after) break;
      expect(page.events.length).toBeLessThanOrEqual(7);
      seen.push(...positionsOf(page.events));
      after = page.upTo;
    }
    expect(seen).toHaveLength(25);
    expect(seen).toEqual([...seen].sort((a, b) => Number(a - b)));
    expect(new Set(seen).size).toBe(25);
    expect(seen.at(-1)).toBe(await store().lastPosition());
  });

  promise('a filter takes categories and types; upTo counts what it left out', async () => {
    await store().append(anExecution(), 'no_stream', events(2, { type: 'NodeStarted' }));
    await store().append(aUser(), 'no_stream', events(2, { type: 'UserRegistered' }));
    await store().append(aUser(), 'no_stream', events(3, { type: 'NodeStarted' }));
    const last = await store().lastPosition();
    const count = async (filter: object): Promise<number> => {
      const page = await store().readAll({ after: 0n, filter });
      expect(page.upTo).toBe(last);
      return page.events.length;
    };
    expect(await count({})).toBe(7);
    expect(await count({ categories: ['user'] })).toBe(5);
    expect(await count({ types: ['NodeStarted'] })).toBe(5);
    expect(await count({ categories: ['user'], types: ['NodeStarted'] })).toBe(3);
    expect(await count({ categories: ['user', 'execution'] })).toBe(7);
    expect(await count({ categories: ['workflow'] })).toBe(0);
    expect(await count({ types: [] })).toBe(0);
  });

  promise('a filtered page that is full ends at its last event', async () => {
    await store().append(aUser(), 'no_stream', events(2));
    const head = await store().append(anExecution(), 'no_stream', events(4));
    const filter = { categories: ['execution'] as const };
    const first = await store().readAll({ after: 0n, filter, limit: 3 });
    expect(first.events).toHaveLength(3);
    expect(first.upTo).toBe(first.events.at(-1)?.position);
    const second = await store().readAll({ after: first.upTo, filter, limit: 3 });
    expect(positionsOf(second.events)).toEqual([head.position]);
  });

  promise('a position that the log never handed out is refused', async () => {
    const { position } = await store().append(anExecution(), 'no_stream', events(1));
    for (const after of [position + 1n, -1n])
      await expect(store().readAll({ after })).rejects.toMatchObject({ code: 'position.unknown' });
    expect(await store().readAll({ after: position })).toEqual({ events: [], upTo: position });
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
    const writers = Array.from({ length: 20 }, () =>
      store().append(anExecution(), 'no_stream', events(5)),
    );
    const seen: bigint[] = [];
    for (let after = 0n; seen.length < 100;) {
      const page = await store().readAll({ after, limit: 9 });
      seen.push(...positionsOf(page.events));
      after = page.upTo;
    }
    await Promise.all(writers);
    const again = await store().readAll({ after: 0n });
    expect(seen).toEqual(positionsOf(again.events));
    expect(countingFrom(0n, 100)).toHaveLength(new Set(seen).size);
  });
};
