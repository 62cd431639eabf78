import { setImmediate } from 'node:timers/promises';

import type { Chance } from './chance.ts';

interface Entry {
  readonly atMs: number;
  /** Decides between what is due in the same millisecond. */
  readonly tie: number;
  run: (() => void) | null;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.tie < other.tie);

/** All that is still to happen, in the order of simulated time; chance orders what falls together. */
export interface Agenda {
  /** Simulated milliseconds since the beginning. */
  nowMs(): number;
  /** Enters a step; what is returned strikes it out. */
  in(ms: number, run: () => void): () => void;
  /** Takes the next step, and lets everything follow that needs no further one. False: there is none. */
  step(): Promise<boolean>;
}

export const createAgenda = (chance: Chance): Agenda => {
  const heap: Entry[] = []; // a binary heap
  let nowMs = 0;

  const at = (index: number): Entry => {
    const entry = heap[index];
    if (!entry) throw new RangeError('the heap is smaller');
    return entry;
  };
  const swap = (one: number, other: number): void => {
    [heap[one], heap[other]] = [at(other), at(one)];
  };
  const push = (entry: Entry): void => {
    heap.push(entry);
    for (let index = heap.length - 1; index > 0;) {
      const above = (index - 1) >> 1;
      if (!isBefore(at(index), at(above))) return;
      swap(index, above);
      index = above;
    }
  };
  const sink = (): void => {
    for (let index = 0; ;) {
      const below = [2 * index + 1, 2 * index + 2].filter((child) => child < heap.length);
      const [left, right] = below;
      if (left === undefined) return;
      const least = right !== undefined && isBefore(at(right), at(left)) ? right : left;
      if (!isBefore(at(least), at(index))) return;
      swap(least, index);
      index = least;
    }
  };
  const pop = (): Entry | null => {
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last) return null;
    if (heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return first;
  };

  return {
    nowMs: () => nowMs,
    in: (ms, run) => {
      const atMs = nowMs + Math.max(0, Math.ceil(ms));
      const entry: Entry = { atMs, tie: chance.choose(2 ** 31), run };
      push(entry);
      return () => {
        entry.run = null;
      };
    },
    step: async () => {
      let next = pop();
      while (next && !next.run) next = pop();
      if (!next?.run) return false;
      nowMs = next.atMs;
      next.run();
      await setImmediate(); // every promise that can go on has done so by then
      return true;
    },
  };
};
