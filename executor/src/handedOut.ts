import type { Timekeeper } from '@studio/contracts';

/** What was handed out stays due until the index has its fact: it is not handed out again meanwhile. */
export interface HandedOut {
  /** False when it was handed out a moment ago. */
  take(key: string): boolean;
  /** It is still to be done: the next look hands it out again. */
  giveBack(key: string): void;
}

const forMs = 5_000;

export const createHandedOut = (time: Timekeeper): HandedOut => {
  const taken = new Map<string, number>();
  return {
    take: (key) => {
      const limit = time.nowMs() - forMs;
      for (const [old, at] of taken) if (at < limit) taken.delete(old);
      if (taken.has(key)) return false;
      taken.set(key, time.nowMs());
      return true;
    },
    giveBack: (key) => {
      taken.delete(key);
    },
  };
};
