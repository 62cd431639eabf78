import { expect, it } from '@jest/globals';
import type { StoredEvent, StreamName } from '@studio/contracts';

import { createTail, type Tail } from './tail.ts';

const event = (position: bigint): StoredEvent => ({
  eventId: '0190a5c8-7b1e-7c3a-9f00-000000000001',
  type: 'NodeCompleted',
  data: 'x'.repeat(10),
  metadata: '',
  stream: 'execution-1' as StreamName, // a made-up name
  revision: Number(position),
  position,
  hash: '',
});

const everything = (): boolean => true;

/** A tail over a log of so many events; `pages` are the positions behind which pages were read. */
const tailOver = (log: { end: bigint }, from: bigint): { tail: Tail; pages: bigint[] } => {
  const pages: bigint[] = [];
  const readPage = (after: bigint) => {
    pages.push(after);
    const events = Array.from({ length: Number(log.end - after) }, (_, i) =>
      event(after + BigInt(i) + 1n),
    );
    return Promise.resolve({ events, upTo: log.end });
  };
  const bounds = { maxEvents: 4, maxCharacters: 1_000 };
  return { tail: createTail({ from, readPage, bounds, onTrouble: () => undefined }), pages };
};

const offer = (tail: Tail, position: bigint): void =>
  tail.offer(position, position, () => [event(position)]);

it('events that follow what was handed out are handed on without reading', async () => {
  const { tail, pages } = tailOver({ end: 5n }, 5n);
  const reader = tail.attach(5n, everything);
  offer(tail, 6n);
  expect(await reader?.take()).toEqual({ events: [event(6n)], upTo: 6n });
  expect(pages).toEqual([]);
});

it('a gap is read before what lies behind it is handed on', async () => {
  const { tail, pages } = tailOver({ end: 7n }, 5n);
  const reader = tail.attach(5n, everything);
  offer(tail, 7n);
  expect(await reader?.take()).toEqual({ events: [event(6n), event(7n)], upTo: 7n });
  expect(pages).toEqual([5n]);
});

it('own events that come before others under way wait for them, and nothing is read', async () => {
  const { tail, pages } = tailOver({ end: 7n }, 5n);
  const reader = tail.attach(5n, everything);
  tail.offer(7n, 7n, () => [event(7n)], true);
  offer(tail, 6n);
  expect(await reader?.take()).toEqual({ events: [event(6n), event(7n)], upTo: 7n });
  expect(pages).toEqual([]);
});

it('a gap that own events do not fill is read after a moment', async () => {
  const { tail, pages } = tailOver({ end: 7n }, 5n);
  const reader = tail.attach(5n, everything);
  tail.offer(7n, 7n, () => [event(7n)], true);
  expect(await reader?.take()).toEqual({ events: [event(6n), event(7n)], upTo: 7n });
  expect(pages).toEqual([5n]);
});

it('what was handed out already is not handed out again', async () => {
  const { tail } = tailOver({ end: 7n }, 5n);
  const reader = tail.attach(6n, everything);
  offer(tail, 6n);
  offer(tail, 7n);
  expect(await reader?.take()).toEqual({ events: [event(7n)], upTo: 7n });
});

it('a reader behind the tail is sent to the pages', () => {
  const { tail } = tailOver({ end: 5n }, 5n);
  tail.attach(5n, everything);
  offer(tail, 6n);
  expect(tail.attach(5n, everything)).toBeNull();
  expect(tail.attach(6n, everything)).not.toBeNull();
});

it('a reader that takes nothing keeps four events, then is cut off after them', async () => {
  const { tail } = tailOver({ end: 5n }, 5n);
  const reader = tail.attach(5n, everything);
  for (let position = 6n; position < 1_000n; position += 1n) offer(tail, position);
  expect((await reader?.take())?.upTo).toBe(9n);
  expect(await reader?.take()).toBeNull();
});

it('a hint that lies is looked up once and forgotten', async () => {
  const { tail, pages } = tailOver({ end: 5n }, 5n);
  const reader = tail.attach(5n, everything);
  tail.hint(900n);
  await new Promise((resolve) => setImmediate(resolve));
  expect(pages).toEqual([5n]);
  offer(tail, 6n);
  expect((await reader?.take())?.upTo).toBe(6n);
});
