/** Chooses one of so many ways to go on: the whole course of a run follows from its answers. */
export type Choose = (ways: number) => number;

/** A stream of answers from one seed (mulberry32): the same seed, the same course. */
export const choices = (seed: number): Choose => {
  let state = seed;
  return (ways) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % ways;
  };
};
