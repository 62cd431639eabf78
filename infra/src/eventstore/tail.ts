import { setTimeout as sleep } from 'node:timers/promises';

import type { EventBatch, StoredEvent } from '@studio/contracts';

import type { Matches } from './eventFilter.ts';
import { createLevelReader, type LevelReader, type ReaderBounds } from './levelReader.ts';

export interface TailOptions {
  /** Position of the last event when the tail starts. */
  readonly from: bigint;
  readonly readPage: (after: bigint) => Promise<EventBatch>;
  readonly bounds?: ReaderBounds;
  readonly onTrouble: (error: unknown) => void;
}

/**
 * The end of the log as this process has seen it, handed to every level subscriber at once.
 * Positions have no gaps, so events that follow the last one handed out are handed on as they
 * come; when some are missing between, the tail reads them first.
 */
export interface Tail {
  /**
   * Own events that were committed, in order and without gaps; made only when somebody listens. With
   * `moreComing` other own events are under way, and a gap before these may be theirs.
   */
  offer(
    first: bigint,
    last: bigint,
    events: () => readonly StoredEvent[],
    moreComing?: boolean,
  ): void;
  /** Somebody says that the log reaches to here; it is looked up before anyone believes it. */
  hint(position: bigint): void;
  /** A reader that is level from `after` on, a position that exists; or null: read a page first. */
  attach(after: bigint, matches: Matches): LevelReader | null;
  detach(reader: LevelReader): void;
  close(): void;
}

const defaultBounds: ReaderBounds = { maxEvents: 8_192, maxCharacters: 8 * 1024 * 1024 };
const retryMs = 200;
/** So long own events wait for others that are under way, before what lies between is read. */
const earlyMs = 20;

interface Early {
  readonly first: bigint;
  readonly last: bigint;
  readonly events: () => readonly StoredEvent[];
}

export const createTail = (options: TailOptions): Tail => {
  const { readPage, onTrouble, bounds = defaultBounds } = options;
  const readers = new Set<LevelReader>();
  let handedOut = options.from;
  let known = options.from;
  let filling = false;
  let closed = false;
  let early: Early | null = null;

  const handOut = (events: readonly StoredEvent[], upTo: bigint): void => {
    handedOut = upTo;
    if (upTo > known) known = upTo;
    for (const reader of readers) if (!reader.push(events, upTo)) readers.delete(reader);
  };

  const fillOnce = async (): Promise<void> => {
    const from = handedOut;
    const { events, upTo } = await readPage(from);
    if (upTo > handedOut) handOut(events, upTo); // else own events overtook the page
    if (upTo === from) known = handedOut; // the hint was wrong: nothing lies there
  };

  const fill = async (): Promise<void> => {
    if (filling) return;
    filling = true;
    while (!closed && readers.size > 0 && handedOut < known)
      await fillOnce().catch(async (error: unknown) => {
        onTrouble(error);
        await sleep(retryMs);
      });
    filling = false;
  };

  /** With nobody listening there is nothing to hand out: the tail jumps to what is known to exist. */
  const jump = (position: bigint): void => {
    if (readers.size === 0 && !filling && position > handedOut) handedOut = position;
  };

  const hint = (position: bigint): void => {
    if (position > known) known = position;
    void fill(); // failures are retried inside
  };

  const handOutNext = ({ first, last, events }: Early): boolean => {
    if (first > handedOut + 1n) return false;
    if (last > handedOut) handOut(events(), last);
    return true;
  };

  const handOutEarly = (): void => {
    if (early && handOutNext(early)) early = null;
  };

  const awaitGap = (own: Early): void => {
    early = own;
    setTimeout(() => {
      if (early !== own) return;
      early = null;
      hint(own.last);
    }, earlyMs).unref();
  };

  return {
    hint,
    offer: (first, last, events, moreComing = false) => {
      if (closed || last <= handedOut) return;
      jump(last);
      const own = { first, last, events };
      if (handOutNext(own)) handOutEarly();
      else if (moreComing && !early) awaitGap(own);
      else hint(last);
    },
    attach: (after, matches) => {
      jump(after);
      if (closed || after < handedOut) return null;
      const reader = createLevelReader(after, matches, bounds);
      readers.add(reader);
      void fill(); // a hint may have come while nobody listened
      return reader;
    },
    detach: (reader) => {
      readers.delete(reader);
      reader.end();
    },
    close: () => {
      closed = true;
      for (const reader of readers) reader.end();
      readers.clear();
    },
  };
};
