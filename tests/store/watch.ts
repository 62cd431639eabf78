import { setTimeout as sleep } from 'node:timers/promises';

/** The next positions behind one, in order, as a reader without any knowledge of writers asks for them. */
export type ReadBehind = (after: bigint) => Promise<readonly bigint[]>;

export interface Watch {
  /** Every position that was handed out, in the order in which it was. */
  readonly seen: readonly bigint[];
  /** Reads what is left and ends. */
  stop(): Promise<void>;
}

/** Reads again and again from where it was, and never looks back: what appears behind it is lost to it. */
export const watch = (read: ReadBehind): Watch => {
  const seen: bigint[] = [];
  const ending = new AbortController();
  const take = async (): Promise<number> => {
    const positions = await read(seen.at(-1) ?? 0n);
    seen.push(...positions);
    return positions.length;
  };
  const reading = (async () => {
    while (!ending.signal.aborted) if ((await take()) === 0) await sleep(1);
    while ((await take()) > 0);
  })();
  reading.catch(() => undefined); // told by stop()
  return {
    seen,
    stop: async () => {
      ending.abort();
      await reading;
    },
  };
};

/** What is wrong with what a reader saw, given all that the table holds: nothing, for a log. */
export const lostTo = (
  seen: readonly bigint[],
  present: readonly bigint[],
): { readonly missed: number; readonly inverted: number } => {
  const known = new Set(seen);
  return {
    missed: present.filter((position) => !known.has(position)).length,
    inverted: seen.filter((position, index) => index > 0 && position <= (seen[index - 1] ?? 0n))
      .length,
  };
};
