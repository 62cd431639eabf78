import { setTimeout as sleep } from 'node:timers/promises';

import {
  type AllRange,
  type EventBatch,
  StudioError,
  type SubscriptionRange,
} from '@studio/contracts';

import { matcher } from './eventFilter.ts';
import type { LevelReader } from './levelReader.ts';
import { defaultLimit } from './ranges.ts';
import type { Tail } from './tail.ts';

/** Where a subscriber that is level gets what comes. */
export type LevelSource = Pick<Tail, 'attach' | 'detach'>;

export interface SubscriptionSource {
  readonly tail: LevelSource;
  readonly readPage: (range: AllRange) => Promise<EventBatch>;
  /** Aborted when the store closes. */
  readonly closing: AbortSignal;
  readonly onTrouble: (error: unknown) => void;
}

type Batches = AsyncGenerator<EventBatch, void, undefined>;

const firstBackoffMs = 50;
const longestBackoffMs = 5_000;

const mayPass = (error: unknown): boolean =>
  error instanceof StudioError && error.kind === 'unavailable';

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined); // aborted: the caller looks

/** The page after `after`, however often the log has to be asked; null when ended meanwhile. */
const readUntilAnswered = async (
  source: SubscriptionSource,
  range: AllRange,
  signal: AbortSignal,
): Promise<EventBatch | null> => {
  for (let backoffMs = firstBackoffMs; !signal.aborted; backoffMs *= 2) {
    try {
      return await source.readPage(range);
    } catch (error) {
      if (!mayPass(error)) throw error;
      source.onTrouble(error);
      await pause(Math.min(backoffMs, longestBackoffMs), signal);
    }
  }
  return null;
};

/** What the tail hands to a level reader, until it is cut off or the subscription ends. */
async function* follow(tail: LevelSource, reader: LevelReader, signal: AbortSignal): Batches {
  const end = (): void => reader.end();
  signal.addEventListener('abort', end);
  if (signal.aborted) end(); // while the page was read
  try {
    for (let batch = await reader.take(); batch; batch = await reader.take()) {
      if (signal.aborted) return;
      yield batch;
    }
  } finally {
    signal.removeEventListener('abort', end);
    tail.detach(reader);
  }
}

/** Pages one after the other; behind a full one the next is fetched while the subscriber has this one in hand. */
const createPager = (
  source: SubscriptionSource,
  range: Omit<AllRange, 'after'>,
  signal: AbortSignal,
) => {
  let ahead: { readonly after: bigint; readonly page: Promise<EventBatch | null> } | null = null;
  return async (after: bigint): Promise<EventBatch | null> => {
    const read = (from: bigint) => readUntilAnswered(source, { ...range, after: from }, signal);
    const page = await (ahead?.after === after ? ahead.page : read(after));
    ahead = null;
    if (page && page.events.length >= defaultLimit) {
      ahead = { after: page.upTo, page: read(page.upTo) };
      ahead.page.catch(() => undefined); // whoever asks for it is told
    }
    return page;
  };
};

/** Pages until the tail has nothing that lies between it and the cursor, then the tail, and again. */
async function* pagesThenTail(
  source: SubscriptionSource,
  { after, filter }: SubscriptionRange,
  signal: AbortSignal,
): Batches {
  const matches = matcher(filter);
  const pageAfter = createPager(source, filter ? { filter } : {}, signal);
  let cursor = after;
  for (;;) {
    const page = await pageAfter(cursor);
    if (!page) return;
    if (page.upTo > cursor) yield page;
    cursor = page.upTo;
    const reader = source.tail.attach(cursor, matches);
    if (!reader) continue;
    for await (const batch of follow(source.tail, reader, signal)) {
      cursor = batch.upTo;
      yield batch;
    }
  }
}

/** Catches up by pages, then follows the tail; back to pages whenever it falls behind. */
export const subscription = (
  source: SubscriptionSource,
  range: SubscriptionRange,
): AsyncIterable<EventBatch> =>
  pagesThenTail(source, range, AbortSignal.any([range.signal, source.closing]));
