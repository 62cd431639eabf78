import type { EventBatch, StoredEvent } from '@studio/contracts';

import type { Matches } from './eventFilter.ts';

/**
 * What the tail hands to one subscriber that is level with it. What the subscriber has not taken
 * yet is kept up to a bound; beyond it the reader is cut off from the tail and, once it has taken
 * what it has, goes back to reading pages.
 */
export interface LevelReader {
  /** Called by the tail. False: the reader is full and must be cut off. */
  push(events: readonly StoredEvent[], upTo: bigint): boolean;
  /** The next batch, however large it has grown meanwhile; null when the reader was cut off or ended. */
  take(): Promise<EventBatch | null>;
  /** No more will come: wakes a waiting `take`. */
  end(): void;
}

export interface ReaderBounds {
  readonly maxEvents: number;
  readonly maxCharacters: number;
}

const sizeOf = (event: StoredEvent): number => event.data.length + event.metadata.length;

/** Those behind the position that match. Positions rise, so that one look mostly tells of all. */
const wantedOf = (
  pushed: readonly StoredEvent[],
  after: bigint,
  matches: Matches,
): readonly StoredEvent[] => {
  const [first] = pushed;
  const fresh =
    first && first.position <= after ? pushed.filter(({ position }) => position > after) : pushed;
  return fresh.filter(matches);
};

export const createLevelReader = (
  after: bigint,
  matches: Matches,
  bounds: ReaderBounds,
): LevelReader => {
  let events: StoredEvent[] = [];
  let characters = 0;
  let upTo = after;
  let taken = after;
  let ended = false;
  let wake: (() => void) | null = null;

  const rouse = (): void => {
    wake?.();
    wake = null;
  };

  return {
    push: (pushed, newUpTo) => {
      if (newUpTo <= upTo) return true; // the page that made it level was ahead of the tail
      const wanted = wantedOf(pushed, upTo, matches);
      let size = 0;
      for (const event of wanted) size += sizeOf(event);
      const full =
        events.length + wanted.length > bounds.maxEvents ||
        characters + size > bounds.maxCharacters;
      if (full && events.length > 0) {
        ended = true;
        rouse();
        return false;
      }
      for (const event of wanted) events.push(event);
      characters += size;
      upTo = newUpTo;
      rouse();
      return true;
    },
    take: async () => {
      while (upTo === taken && !ended) await new Promise<void>((resolve) => (wake = resolve));
      if (upTo === taken) return null;
      const batch = { events, upTo };
      events = [];
      characters = 0;
      taken = upTo;
      return batch;
    },
    end: () => {
      ended = true;
      rouse();
    },
  };
};
