import type { ExecutionCommand } from '@studio/contracts';
import type { PlannedEffect, Run } from '@studio/domain';

import { type Begin, beginNode, type BeginOptions, continueLoop, type Iterate } from './begin.ts';
import { type Judge, judgeSignal } from './signals.ts';
import type { Workbench } from './workbench.ts';

/** What a run needs evaluated before its next facts can be told. */
export type Step = Begin | Iterate | Judge;

export const isStep = (effect: PlannedEffect): effect is Step =>
  effect.type === 'begin' || effect.type === 'iterate' || effect.type === 'judge';

/** The order by which the run goes on. */
export const goOn = (
  workbench: Workbench,
  run: Run,
  step: Step,
  options: BeginOptions,
): Promise<ExecutionCommand> => {
  switch (step.type) {
    case 'begin':
      return beginNode(workbench, run, step, options);
    case 'iterate':
      return continueLoop(workbench, run, step, options);
    case 'judge':
      return judgeSignal(workbench, run, step, options);
  }
};
