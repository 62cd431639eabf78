import { expect, it } from '@jest/globals';
import { type ExecutionId, executionStream, type RecordedEvent } from '@studio/contracts';

import { createIndexFold } from './indexChanges.ts';

const event = (id: string, type: RecordedEvent['type'], data: object = {}): RecordedEvent =>
  ({
    ...{ type, data, revision: 1, position: 1n, stream: executionStream(id as ExecutionId) }, // made up
    metadata: { occurredAt: '2026-01-01T00:00:00.000Z', workspaceId: 'w' },
  }) as unknown as RecordedEvent; // the fold looks at nothing else
const begins = (id: string, parent?: string) =>
  event(id, 'WorkflowStarted', parent ? { parent: { executionId: parent } } : {});
const awaits = (id: string, childExecutionId: string) =>
  event(id, 'ChildStarted', { childExecutionId });
const taken = (id: string, childExecutionId: string) =>
  event(id, 'ChildEnded', { childExecutionId });
const ends = (id: string) => event(id, 'WorkflowFailed');
const retried = (id: string) => event(id, 'WorkflowRetried', { retry: 1 });

const changesOf = (...events: RecordedEvent[]) => {
  const fold = createIndexFold();
  for (const one of events) fold.add(one);
  return fold.changes().children;
};

it('tells of a child that began, is awaited and ended, all in one', () => {
  const { begun } = changesOf(begins('p'), begins('c', 'p'), awaits('p', 'c'), ends('c'));
  expect(begun).toEqual([
    { childId: 'c', parentId: 'p', awaited: true, ended: true, orphaned: false },
  ]);
});

it('tells of what happened to one that began before', () => {
  expect(changesOf(awaits('p', 'c'), ends('c'))).toMatchObject({
    ...{ begun: [], awaited: ['c'], ended: ['c'], reopened: [] },
  });
  expect(changesOf(ends('c'), retried('c'))).toMatchObject({ ended: [], reopened: ['c'] });
});

it('forgets one whose end was taken up', () => {
  const all = [begins('p'), begins('c', 'p'), awaits('p', 'c'), ends('c'), taken('p', 'c')];
  expect(changesOf(...all)).toMatchObject({ begun: [], gone: ['c'] });
});

it.each([
  ['after it', [begins('p'), begins('c', 'p'), ends('p')], true],
  ['before it', [begins('p'), ends('p'), begins('c', 'p')], true],
  ['before it, and goes on', [ends('p'), retried('p'), begins('c', 'p')], false],
  ['nowhere here', [begins('c', 'p')], null],
])('says whether its parent ended: %s', (_, events, orphaned) => {
  expect(changesOf(...events).begun).toMatchObject([{ childId: 'c', orphaned }]);
});
