import { expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionEvent } from '@studio/contracts';

import { run as decider } from '../runDecider.ts';
import { begun, done, edge, node, place, started } from '../testing/runFacts.ts';
import { specificationFor } from '../testing/specification.ts';
import { fold, initialRun, shownStatus } from './index.ts';

const given = specificationFor(decider);
const open = started([node('a')]);
const halt = (runs: 'pause' | 'cancel'): ExecutionCommand => ({
  type: 'HaltRun',
  data: { runs, reason: 'Kill switch' },
});
const release: ExecutionCommand = { type: 'ReleaseRun', data: {} };
const resume: ExecutionCommand = { type: 'ResumeWorkflow', data: {} };
const halted: ExecutionEvent = {
  type: 'WorkflowPaused',
  data: { reason: 'Kill switch', halted: true },
};
const paused: ExecutionEvent = { type: 'WorkflowPaused', data: { reason: null } };
const resumed: ExecutionEvent = { type: 'WorkflowResumed', data: {} };
const cancelled: ExecutionEvent = { type: 'WorkflowCancelled', data: { reason: 'Kill switch' } };

it('has an open run stand still by a kill switch, once, and go on when that is off', () => {
  given([open]).when(halt('pause')).then([halted]);
  given([open, halted]).when(halt('pause')).thenNothing();
  given([open, halted]).when(release).then([resumed]);
  given([open, halted, resumed]).when(release).thenNothing();
  expect(shownStatus(fold(initialRun, [open, halted]))).toBe('paused');
});

it('goes on with what came meanwhile', () => {
  const timer = { ...place('a'), timerId: 'delay:a' };
  const dueAt = '2026-01-01T00:00:00.000Z';
  given([
    started([node('a', { kind: 'delay@1' }), node('b')], [edge('a', 'b')]),
    { type: 'TimerSet', data: { ...timer, dueAt } },
    halted,
    { type: 'TimerFired', data: timer },
  ])
    .when(release)
    .then([resumed, done('a', { output: { n: 1 } })]);
});

it('leaves a run that a person paused to that person', () => {
  given([open, paused]).when(halt('pause')).thenNothing();
  given([open, paused]).when(release).thenNothing();
});

it('lets nobody resume what a kill switch holds', () =>
  given([open, halted]).when(resume).thenRefused('execution.halted'));

it('ends an open run where the kill switch says so, with what is under way, paused or not', () => {
  given([open, begun('a')])
    .when(halt('cancel'))
    .then([
      cancelled,
      { type: 'NodeCancelled', data: { ...place('a'), attempt: 1, outcome: 'unknown' } },
    ]);
  given([open, halted])
    .when(halt('cancel'))
    .then([{ type: 'WorkflowCancelled', data: { reason: 'Kill switch', paused: true } }]);
});

it('asks nothing of a run that is over or not there', () => {
  given([open, cancelled]).when(halt('cancel')).thenNothing();
  given([open, cancelled]).when(halt('pause')).thenNothing();
  given([]).when(halt('pause')).thenNothing();
});
