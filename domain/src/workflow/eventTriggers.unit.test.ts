import { expect, it } from '@jest/globals';
import type { WorkflowEvent } from '@studio/contracts';

import { foldBy } from '../decider.ts';
import { specificationFor } from '../testing/specification.ts';
import type { WorkflowCommand } from './commands.ts';
import type { NewEventTrigger } from './eventTriggers.ts';
import { isSaved } from './savedWorkflow.ts';
import { workflow } from './workflow.ts';

const given = specificationFor(workflow);
const now = '2026-01-02T00:00:00.000Z';
const created: WorkflowEvent = {
  type: 'WorkflowCreated',
  data: {
    ...{ workflowId: 'w', ownerId: 'ada', parentWorkflowId: null, name: 'Mail' },
    ...{ description: null, settings: {}, tags: [], isPublic: false },
    ...{ nodes: [], connections: [] },
  },
};
const saved: WorkflowEvent = {
  type: 'WorkflowChanged',
  data: { ...created.data, version: 2, name: 'Post' }, // the content of a save is that of the first one
};
const rule = { workflowIds: ['other'], outcomes: ['failed' as const], expression: null };
const trigger = (triggerId: string, more: Partial<NewEventTrigger> = {}): NewEventTrigger => ({
  ...{ nodeId: 'begin', triggerId, ...rule, ...more },
});
const status = (
  to: 'published' | 'archived',
  wanted: readonly NewEventTrigger[] = [],
  version = 1,
): WorkflowCommand => ({
  type: 'ChangeWorkflowStatus',
  data: {
    ...{ workflowId: 'w', status: to, checkedVersion: version },
    eventTriggers: { by: 'ada', now, wanted },
  },
});
const published = (version = 1): WorkflowEvent => ({
  type: 'WorkflowStatusChanged',
  data: { workflowId: 'w', version, status: 'published' },
});
const set = (of: NewEventTrigger): WorkflowEvent => ({
  type: 'EventTriggerSet',
  data: { workflowId: 'w', ...of, setBy: 'ada', setAt: now },
});
const removed = (triggerId: string): WorkflowEvent => ({
  type: 'EventTriggerRemoved',
  data: { workflowId: 'w', nodeId: 'begin', triggerId },
});
const skipped = {
  ...{ workflowId: 'w', nodeId: 'begin', triggerId: 't1', endedExecutionId: 'e1', endRevision: 7 },
  ...{ code: 'run.too_deep', skippedAt: now },
};
const skip = (more: Partial<typeof skipped> = {}): WorkflowCommand => ({
  type: 'SkipEventFiring',
  data: { ...skipped, ...more },
});
const skippedFact: WorkflowEvent = { type: 'EventFiringSkipped', data: skipped };

it('is set when its workflow is published', () => {
  given([created])
    .when(status('published', [trigger('t1')]))
    .then([published(), set(trigger('t1'))]);
});

it('keeps its id over a version that means the same, so that nothing due is lost', () => {
  given([created, published(), set(trigger('t1')), saved])
    .when(status('published', [trigger('t2')], 2))
    .then([published(2)]);
});

it('is another one where the new version means something else', () => {
  const wider = trigger('t2', { outcomes: ['failed', 'cancelled'] });
  given([created, published(), set(trigger('t1')), saved])
    .when(status('published', [wider], 2))
    .then([published(2), removed('t1'), set(wider)]);
});

it('ends with the publication, and with the workflow', () => {
  const before = [created, published(), set(trigger('t1'))];
  given(before)
    .when(status('archived'))
    .then([
      { type: 'WorkflowStatusChanged', data: { workflowId: 'w', version: 1, status: 'archived' } },
      removed('t1'),
    ]);
  given(before)
    .when({ type: 'DeleteWorkflow', data: { workflowId: 'w' } })
    .then([removed('t1'), { type: 'WorkflowDeleted', data: { workflowId: 'w' } }]);
});

it('tells of a firing that starts nothing, once', () => {
  const before = [created, published(), set(trigger('t1'))];
  given(before).when(skip()).then([skippedFact]);
  given([...before, skippedFact])
    .when(skip())
    .thenNothing();
  given([...before, skippedFact])
    .when(skip({ endRevision: 9 }))
    .then([{ type: 'EventFiringSkipped', data: { ...skipped, endRevision: 9 } }]);
});

it('has nothing to tell once it is another one, or its workflow is no more', () => {
  given([created, published(), set(trigger('t2'))])
    .when(skip())
    .thenNothing();
  given([created, published(), set(trigger('t1')), removed('t1')])
    .when(skip())
    .thenNothing();
  given([created, { type: 'WorkflowDeleted', data: { workflowId: 'w' } }])
    .when(skip())
    .thenNothing();
});

it('shows who set it and what was left out last', () => {
  const state = foldBy(workflow, workflow.initialState(), [
    ...[created, published(), set(trigger('t1')), skippedFact],
  ]);
  expect(isSaved(state) && state.eventTriggers.get('begin')).toEqual({
    ...{ nodeId: 'begin', triggerId: 't1', ...rule, setBy: 'ada', setAt: now },
    lastSkipped: skipped,
  });
});
