import { expect, it } from '@jest/globals';
import type { ExecutionEvent } from '@studio/contracts';
import { foldRun, initialRun, isOver, planRun } from '@studio/domain';
import fc from 'fast-check';

import { anyWorkflow } from './anyWorkflow.ts';
import { begin, type Choose, type Course, step } from './drive.ts';

/** Enough for every workflow that the generator makes, with all of its retries. */
const mostSteps = 20_000;

/** A stream of answers from one seed (mulberry32): the same seed, the same course. */
const choices = (seed: number): Choose => {
  let state = seed;
  return (ways) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % ways;
  };
};

const expectFolded = ({ run, log }: Course): void => {
  const folded = foldRun(initialRun, log);
  expect(folded).toEqual(run);
  expect(planRun(folded)).toEqual(planRun(run));
};

/** A node that failed because its outcome is unknown has none yet: a person may still say it. */
const isOutcome = ({ type, data }: ExecutionEvent): boolean =>
  type === 'NodeCompleted' || (type === 'NodeFailed' && data.error.code !== 'node.outcome_unknown');

/** Outcomes by instance and attempt: none may be there twice. */
const outcomesTwice = ({ log }: Course): string[] => {
  const seen = new Set<string>();
  return log.filter(isOutcome).flatMap(({ data }) => {
    if (!('attempt' in data)) return [];
    const key = `${data.instanceId}#${data.attempt}`;
    if (seen.has(key)) return [key];
    seen.add(key);
    return [];
  });
};

it('ends every run, whatever its workflow, its outcomes and its crashes', () => {
  fc.assert(
    fc.property(anyWorkflow, fc.integer(), (definition, seed) => {
      const choose = choices(seed);
      const course = begin(definition, choose(4) === 0);
      let steps = 0;
      while (step(course, choose)) {
        steps += 1;
        if (steps % 7 === 0) expectFolded(course);
        if (steps > mostSteps) throw new Error('it never ends');
      }
      expectFolded(course);
      expect(isOver(course.run)).toBe(true);
      expect(outcomesTwice(course)).toEqual([]);
    }),
    { numRuns: 400 },
  );
}, 120_000);
