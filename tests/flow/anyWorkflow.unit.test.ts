import { expect, it } from '@jest/globals';
import { foldRun, initialRun, isOver, planRun } from '@studio/domain';
import fc from 'fast-check';

import { anyWorkflow } from './anyWorkflow.ts';
import { choices } from './choices.ts';
import { begin, type Course, step } from './drive.ts';
import { outcomesTwice } from './outcomes.ts';
import { declaringUndo, undone } from './undone.ts';

/** Enough for every workflow that the generator makes, with all of its retries. */
const mostSteps = 20_000;

const expectFolded = ({ run, log }: Course): void => {
  const folded = foldRun(initialRun, log);
  expect(folded).toEqual(run);
  expect(planRun(folded)).toEqual(planRun(run));
};

/** Signals that two instances went on with. */
const takenTwice = ({ log }: Course): string[] => {
  const taken = log.flatMap(({ type, data }) => (type === 'SignalTaken' ? [data.signalId] : []));
  return taken.filter((signalId, index) => taken.indexOf(signalId) !== index);
};

/** Keys that were used again after the run was sent back, for what has happened anew. */
const usedAgain = ({ log }: Course): string[] => {
  const used = new Map<string, number>();
  let rewinds: readonly { readonly at: number; readonly nodeIds: readonly string[] }[] = [];
  return log.flatMap(({ type, data }, at) => {
    if (type === 'WorkflowRewound')
      rewinds = [...rewinds, { at, nodeIds: data.anew.flatMap(({ nodeIds }) => nodeIds) }];
    if (type !== 'NodeStarted') return [];
    const { idempotencyKey: key, nodeId } = data;
    const before = used.get(key) ?? at;
    used.set(key, at);
    return rewinds.some((rewind) => rewind.at > before && rewind.nodeIds.includes(nodeId))
      ? [key]
      : [];
  });
};

it('ends every run, and undoes what it did where it fails or is cancelled, whatever its workflow, its outcomes and its crashes', () => {
  fc.assert(
    fc.property(anyWorkflow, fc.integer(), (definition, seed) => {
      const choose = choices(seed);
      const course = begin(definition, {
        ...{ hasDeadline: choose(4) === 0, hasLimits: choose(3) === 0 },
      });
      let steps = 0;
      while (step(course, choose)) {
        steps += 1;
        if (steps % 7 === 0) expectFolded(course);
        if (steps > mostSteps) throw new Error('it never ends');
      }
      expectFolded(course);
      expect(isOver(course.run)).toBe(true);
      expect([...outcomesTwice(course.log), ...takenTwice(course), ...usedAgain(course)]).toEqual(
        [],
      );
      const { told, due } = undone(course.log, declaringUndo(definition));
      expect(told).toEqual(due);
    }),
    { numRuns: 400 },
  );
}, 120_000);
