import { expect, it } from '@jest/globals';
import { type ExecutionEvent, StudioError } from '@studio/contracts';
import { foldRun, initialRun, isEnding, isOver, planRun, type Run } from '@studio/domain';
import fc from 'fast-check';

import { anyWorkflow } from './anyWorkflow.ts';
import { notAsDefined } from './asDefined.ts';
import { choices } from './choices.ts';
import { begin, type Course, give, step } from './drive.ts';
import { type Edited, editedAhead, replaced } from './edited.ts';
import { outcomesTwice } from './outcomes.ts';
import { declaringUndo, undone } from './undone.ts';

const mostSteps = 20_000;

/** False where the run refuses it: then nothing is on record of it. */
const migrate = (course: Course, { definition, nodes }: Edited): boolean => {
  const { deadline, permits, workflowVersion } = course.run;
  try {
    give(course, {
      type: 'MigrateRun',
      data: {
        ...{ toVersion: workflowVersion + 1, definition, definitionHash: 'h', nodes },
        ...{ limits: permits?.limits ?? [], deadlineAfterMs: deadline?.afterMs ?? null },
        fromVersions: null,
      },
    });
    return true;
  } catch (error) {
    if (error instanceof StudioError && error.code === 'execution.not_migratable') return false;
    throw error;
  }
};

const expectFolded = ({ run, log }: Course): void => {
  const folded = foldRun(initialRun, log);
  expect(folded).toEqual(run);
  expect(planRun(folded)).toEqual(planRun(run));
};

const outcomesIn = (log: readonly ExecutionEvent[]): readonly ExecutionEvent[] =>
  log.filter(({ type }) => type === 'NodeCompleted' || type === 'NodeFailed');

const isOpen = (run: Run): boolean => !isOver(run) && !isEnding(run) && run.compensation === null;

it('ends as the definition says that a run was migrated to, at any moment, whatever its outcomes and its crashes', () => {
  let accepted = 0;
  let exchanged = 0;
  fc.assert(
    fc.property(anyWorkflow, anyWorkflow, fc.integer(), (definition, other, seed) => {
      const choose = choices(seed);
      const course = begin(definition, {
        ...{ hasDeadline: choose(6) === 0, hasLimits: choose(3) === 0 },
      });
      let steps = 0;
      let next = choose(12);
      while (step(course, choose)) {
        steps += 1;
        if (steps > mostSteps) throw new Error('it never ends');
        if (steps !== next) continue;
        next += 1 + choose(12);
        const before = outcomesIn(course.log);
        if (choose(3) > 0) {
          const mayBe = isOpen(course.run);
          expect(migrate(course, editedAhead(course.run, choose, String(steps)))).toBe(mayBe);
          accepted += Number(mayBe);
        } else exchanged += Number(migrate(course, replaced(course.run, other)));
        expect(outcomesIn(course.log).slice(0, before.length)).toEqual(before);
        expectFolded(course);
      }
      expectFolded(course);
      expect(isOver(course.run)).toBe(true);
      expect(outcomesTwice(course.log)).toEqual([]);
      const { told, due } = undone(course.log, declaringUndo(course.run.definition));
      expect(told).toEqual(due);
      const isWhole = course.run.status === 'completed' && !course.run.earlyEnd;
      expect(isWhole ? notAsDefined(course.run) : []).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
  expect(accepted).toBeGreaterThan(100);
  expect(exchanged).toBeGreaterThan(0);
}, 120_000);
