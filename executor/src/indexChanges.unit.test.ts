import { describe, expect, it } from '@jest/globals';
import { type ExecutionId, executionStream, type RecordedEvent } from '@studio/contracts';

import { createIndexFold } from './indexChanges.ts';

const id = 'run-1' as ExecutionId; // made up
const metadata = { workspaceId: 'home' };
const event = (type: RecordedEvent['type'], data: object = {}): RecordedEvent =>
  ({ type, data, stream: executionStream(id), metadata }) as RecordedEvent; // the fold looks at nothing else
const changesOf = (...events: RecordedEvent[]) => {
  const fold = createIndexFold();
  for (const one of events) fold.add(one);
  return fold.changes();
};

const started = event('WorkflowStarted');
const failing = event('NodeFailed', { next: 'fail_run' });
const failed = event('WorkflowFailed');
const retried = event('WorkflowRetried');
const open = {
  ...{ executionId: id, scheduleId: null, workflowId: null, workspaceId: 'home' },
  pausedBy: null,
};
const dueAt = '2030-01-01T00:00:00.000Z';
const timerSet = event('TimerSet', { timerId: 'delay:a', dueAt });
const timer = { executionId: id, timerId: 'delay:a', dueAt };

describe('the changes of a batch to the index', () => {
  it('leave out a run that began and ended within it', () => {
    expect(changesOf(started, timerSet, failing, failed)).toMatchObject({
      ...{ opened: [], ended: [], timersSet: [] },
    });
  });

  it.each([
    ['retried', [retried], { opened: [open], ended: [] }],
    ['that failed and was retried', [failing, failed, retried], { opened: [open], ended: [] }],
    ['retried and failed again', [retried, failing, failed], { opened: [], ended: [id] }],
    [
      'that failed, was retried and failed again',
      [failing, failed, retried, failing, failed],
      { opened: [], ended: [id] },
    ],
    [
      'that began, failed and was retried',
      [started, failing, failed, retried],
      { opened: [open], ended: [] },
    ],
    ['retried while it was forgotten', [event('DataErased', { cancelled: true })], { ended: [id] }],
    ['forgotten after it ended', [event('DataErased')], { ended: [] }],
  ])('tell of a run %s', (_, events, changes) => {
    expect(changesOf(...events)).toMatchObject(changes);
  });

  it('tell who has a run stand still, and which run does so from its first facts on', () => {
    const paused = event('WorkflowPaused');
    const halted = event('WorkflowPaused', { halted: true });
    const resumed = event('WorkflowResumed');
    expect(changesOf(started, halted).opened).toEqual([{ ...open, pausedBy: 'halt' }]);
    expect(changesOf(paused).paused).toEqual([{ executionId: id, by: 'person' }]);
    expect(changesOf(paused, resumed, halted).paused).toEqual([{ executionId: id, by: 'halt' }]);
    expect(changesOf(halted, resumed).paused).toEqual([{ executionId: id, by: null }]);
    expect(changesOf(halted, event('WorkflowCancelled'))).toMatchObject({
      paused: [],
      ended: [id],
    });
  });

  it('tell of kill switches as they stand in the end', () => {
    const on = event('WorkflowHalted', { workflowId: 'w', runs: 'pause', reason: 'Why' });
    const off = event('WorkflowReleased', { workflowId: 'w' });
    const around = event('WorkspaceHalted', { workspaceId: 'home', runs: 'cancel', reason: null });
    expect(changesOf(on, around)).toMatchObject({
      haltsSet: [
        { scopeId: 'w', runs: 'pause', reason: 'Why' },
        { scopeId: 'home', runs: 'cancel', reason: null },
      ],
      haltsGone: [],
    });
    expect(changesOf(on, off)).toMatchObject({ haltsSet: [], haltsGone: ['w'] });
    expect(changesOf(on, off, on)).toMatchObject({ haltsSet: [{ scopeId: 'w' }], haltsGone: [] });
  });

  it('keep a timer that is set again after a retry', () => {
    expect(changesOf(timerSet, failing, failed, retried, timerSet).timersSet).toEqual([timer]);
    expect(changesOf(timerSet, failing, failed, retried).timersSet).toEqual([]);
  });

  it('hold the timer of a run that begins later until its time has come', () => {
    const later = event('WorkflowStarted', { scheduledAt: dueAt });
    const startTimer = { executionId: id, timerId: 'start' };
    expect(changesOf(later).timersSet).toEqual([{ ...startTimer, dueAt }]);
    expect(changesOf(later, event('WorkflowCancelled')).timersSet).toEqual([]);
    const reached = changesOf(later, event('StartTimeReached'));
    expect(reached).toMatchObject({ opened: [open], timersSet: [], timersGone: [startTimer] });
  });
});
