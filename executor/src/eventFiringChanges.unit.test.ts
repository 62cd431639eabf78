import { expect, it } from '@jest/globals';
import { type ExecutionId, executionStream, type RecordedEvent } from '@studio/contracts';

import { createEventFiringFold } from './eventFiringChanges.ts';

const id = 'run-1' as ExecutionId; // made up
let position = 0n;
const event = (type: RecordedEvent['type'], data: object = {}): RecordedEvent =>
  ({
    ...{ type, data, stream: executionStream(id), metadata: { workspaceId: 'home' } },
    ...{ revision: 4, position: (position += 1n) },
  }) as unknown as RecordedEvent; // the fold looks at nothing else
const changesOf = (...events: RecordedEvent[]) => {
  const fold = createEventFiringFold();
  for (const one of events) fold.add(one);
  return fold.changes();
};
const rule = { workflowIds: null, outcomes: ['failed'] };
const trigger = { triggerId: 't', workflowId: 'w', nodeId: 'begin' };

it.each([
  ['WorkflowCompleted', {}, 'completed'],
  ['WorkflowFailed', {}, 'failed'],
  ['WorkflowCancelled', {}, 'cancelled'],
  ['DataErased', { cancelled: true }, 'cancelled'],
] as const)('tells of a run that ends by %s', (type, data, outcome) => {
  const end = event(type, data);
  expect(changesOf(end).ended).toEqual([
    {
      ...{ executionId: id, revision: 4, position: end.position, outcome, workspaceId: 'home' },
      workflowId: null,
    },
  ]);
});

it('does not take a run that is forgotten after its end for one that ends', () => {
  expect(changesOf(event('DataErased'))).toMatchObject({ ended: [] });
});

it('knows the workflow of a run that began within the batch, and each of its ends', () => {
  const begun = event('WorkflowStarted', { workflowId: 'other' });
  const ends = [event('WorkflowFailed'), event('WorkflowRetried'), event('WorkflowCompleted')];
  expect(changesOf(begun, ...ends).ended).toMatchObject([
    { workflowId: 'other', outcome: 'failed' },
    { workflowId: 'other', outcome: 'completed' },
  ]);
});

it('leaves out a trigger that was set and removed', () => {
  const set = event('EventTriggerSet', { ...trigger, ...rule, expression: null });
  expect(changesOf(set)).toMatchObject({
    ...{ gone: [], set: [{ ...trigger, ...rule, workspaceId: 'home', setAt: set.position }] },
  });
  expect(changesOf(set, event('EventTriggerRemoved', trigger))).toMatchObject({
    ...{ set: [], gone: ['t'] },
  });
});

it('has a firing settled by its run, or by the fact that it gets none', () => {
  const firing = { triggerId: 't', endedExecutionId: 'e', endRevision: 9 };
  const firedBy = { by: 'event', nodeId: 'begin', ...firing };
  expect(changesOf(event('WorkflowStarted', { firedBy })).settled).toMatchObject([firing]);
  expect(changesOf(event('EventFiringSkipped', firing)).settled).toMatchObject([firing]);
  const bySchedule = { by: 'schedule', scheduleId: 's' };
  expect(changesOf(event('WorkflowStarted', { firedBy: bySchedule })).settled).toEqual([]);
});
