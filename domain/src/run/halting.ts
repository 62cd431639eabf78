import type { ExecutionEvent } from '@studio/contracts';

import type { Order } from './attempts.ts';
import { fold } from './evolve.ts';
import { cancelUnlessEnding } from './people.ts';
import { isOver, type Run, standingMark } from './run.ts';
import { consequencesOf } from './settle.ts';

/** A kill switch is on: the run ends, or stands still until the switch is off again. */
export const haltRun = (run: Run, { runs, reason }: Order<'HaltRun'>): ExecutionEvent[] => {
  if (run.status === 'unstarted' || isOver(run)) return [];
  if (runs === 'cancel') return cancelUnlessEnding(run, { reason });
  if (run.paused) return [];
  return [{ type: 'WorkflowPaused', data: { reason, halted: true, ...standingMark(run) } }];
};

const withWhatWaited = (run: Run, resumed: ExecutionEvent): ExecutionEvent[] => [
  resumed,
  ...consequencesOf(fold(run, [resumed])),
];

/** The kill switch is off again; a run that a person paused goes on by a person. */
export const releaseRun = (run: Run): ExecutionEvent[] =>
  run.halted ? withWhatWaited(run, { type: 'WorkflowResumed', data: {} }) : [];
