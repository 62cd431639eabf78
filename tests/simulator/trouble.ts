import type { Chance } from './chance.ts';

/** What may go wrong now; in the quiet at the end, nothing does. */
export interface Trouble {
  /** How long a message is under way, milliseconds. */
  underWayMs(): number;
  fate(): 'answered' | 'refused' | 'unanswered';
  /** Whether a process dies between sending a request and having its answer. */
  dies(): boolean;
  quiet(): void;
  isQuiet(): boolean;
}

export const createTrouble = (chance: Chance): Trouble => {
  let quiet = false;
  const often = chance.pick([40, 80, 400]);
  const slowMs = chance.pick([50, 500, 5_000]);
  return {
    underWayMs: () =>
      !quiet && chance.oneIn(often) ? chance.between(0, slowMs) : chance.between(0, 2),
    fate: () => {
      if (quiet || !chance.oneIn(often)) return 'answered';
      return chance.pick(['refused', 'unanswered']);
    },
    dies: () => !quiet && chance.oneIn(often * 4),
    quiet: () => {
      quiet = true;
    },
    isQuiet: () => quiet,
  };
};
