import { foldRun, initialRun, type Run } from '@studio/domain';

import { eventOf, type Fact } from './facts.ts';

/** The states that a run went through, folded from its facts as the studio itself folds them. */
export interface Folds {
  add(facts: readonly Fact[]): void;
  /** The run after the fact with this revision, which was added. */
  at(revision: number): Run;
}

/** A state is kept after so many facts: none is further than this from one that is kept. */
const stride = 64;

export const createFolds = (): Folds => {
  const facts: Fact[] = [];
  const kept: Run[] = [initialRun];

  const foldFrom = (run: Run, end: number): Run =>
    foldRun(run, facts.slice(run.revision + 1, end).map(eventOf));

  return {
    add: (more) => {
      facts.push(...more);
      while (kept.length * stride <= facts.length)
        kept.push(foldFrom(kept.at(-1) ?? initialRun, kept.length * stride));
    },
    at: (revision) =>
      foldFrom(kept[Math.floor((revision + 1) / stride)] ?? initialRun, revision + 1),
  };
};
