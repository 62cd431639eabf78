/** A bound on the effects in flight in this process. */
export interface Slots {
  /** True when a place was free; it is taken until `release`. */
  take(): boolean;
  release(): void;
  free(): number;
  /** Calls back once, when a place may be free. */
  whenFree(key: string, retry: () => void): void;
  /** Gives up a place in the queue, and lets the next one have its turn. */
  passOn(key: string): void;
}

export const createSlots = (limit: number): Slots => {
  let taken = 0;
  const waiting = new Map<string, () => void>();
  const wakeNext = (): void => {
    const next = waiting.entries().next().value;
    if (!next || taken >= limit) return;
    waiting.delete(next[0]);
    next[1]();
  };
  return {
    take: () => {
      if (taken >= limit) return false;
      taken += 1;
      return true;
    },
    release: () => {
      taken -= 1;
      wakeNext();
    },
    free: () => limit - taken,
    whenFree: (key, retry) => {
      waiting.set(key, retry);
    },
    passOn: (key) => {
      waiting.delete(key);
      wakeNext();
    },
  };
};
