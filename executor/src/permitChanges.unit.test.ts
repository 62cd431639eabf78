import { expect, it } from '@jest/globals';
import { type ExecutionId, executionStream, type RecordedEvent } from '@studio/contracts';

import { createIndexFold } from './indexChanges.ts';

const id = 'run-1' as ExecutionId; // made up
let position = 0n;
const event = (type: RecordedEvent['type'], data: object = {}, revision = 0): RecordedEvent =>
  ({
    ...{ type, data, revision, position: (position += 1n), stream: executionStream(id) },
    metadata: { occurredAt: '2026-01-01T00:00:00.000Z' },
  }) as unknown as RecordedEvent; // the fold looks at nothing else
const changesOf = (...events: RecordedEvent[]) => {
  const fold = createIndexFold();
  for (const one of events) fold.add(one);
  return fold.changes().permits;
};

const permits = [{ key: 'k', most: 1 }];
const requested = (revision: number) =>
  event('PermitsRequested', { priority: 3, permits }, revision);
const granted = (requestedAt: number) =>
  event('PermitsGranted', { requestedAt, counted: [{ key: 'r', withinMs: 1_000 }] });
const ended = event('WorkflowCompleted');
const pausedInLine = event('WorkflowPaused', { waiting: true });

it('tells of a run that asks, by the position of its asking', () => {
  const ask = requested(1);
  expect(changesOf(ask).asked).toEqual([
    {
      ...{ executionId: id, requestedAt: 1, askedAt: ask.position, priority: 3, permits },
      ...{ debounced: null, granted: false },
    },
  ]);
});

it.each([
  [{ debounceMs: 500 }, null],
  [{ debounceMs: 500, maxWaitMs: 2_000 }, '2026-01-01T00:00:02.000Z'],
])('tells until when a run waits for others of its key: %j', (how, latestAt) => {
  const ask = event('PermitsRequested', { permits: [...permits, { key: 'd', ...how }] });
  expect(changesOf(ask).asked).toMatchObject([
    { permits, debounced: { key: 'd', quietAt: '2026-01-01T00:00:00.500Z', latestAt } },
  ]);
});

it('tells of a grant, alone or with what it is of', () => {
  expect(changesOf(granted(1))).toMatchObject({
    ...{ asked: [], granted: [{ executionId: id, requestedAt: 1 }] },
    counted: [{ key: 'r', requestedAt: 1, until: '2026-01-01T00:00:01.000Z' }],
  });
  expect(changesOf(requested(1), granted(1))).toMatchObject({
    ...{ asked: [{ requestedAt: 1, granted: true }], granted: [] },
  });
});

it('has the run that is left of a burst wait no longer than the first one might have', () => {
  const other = (type: RecordedEvent['type'], data: object, revision = 0): RecordedEvent => ({
    ...event(type, data, revision),
    stream: executionStream('run-2' as ExecutionId), // made up
  });
  const superseded = (burstEndsBy: string) =>
    other('WorkflowCancelled', { supersededBy: id, burstEndsBy });
  const [soon, later] = ['2026-01-01T00:00:03.000Z', '2026-01-01T00:00:07.000Z'];
  const hurried = [{ executionId: id, latestAt: soon }];
  expect(changesOf(superseded(later), superseded(soon), superseded(later))).toMatchObject({
    hurried,
  });
  const ask = event('PermitsRequested', {
    permits: [{ key: 'd', debounceMs: 500, maxWaitMs: 5_000 }],
  });
  expect(changesOf(ask, superseded(later), superseded(soon))).toMatchObject({
    ...{ hurried: [], asked: [{ executionId: id, debounced: { latestAt: soon } }] },
  });
  // Whoever runs already, has gone or asks anew waits for nothing of that.
  for (const then of [granted(1), ended, pausedInLine, ask])
    expect(changesOf(superseded(soon), then).hurried).toEqual([]);
  expect(changesOf(granted(1), superseded(soon)).hurried).toEqual([]);
});

it.each([
  ['ends', [requested(1), granted(1), ended]],
  ['is paused while it waits', [requested(1), pausedInLine]],
  ['is forgotten after a retry', [requested(1), event('DataErased', { cancelled: true })]],
])('lets go of everything when the run %s', (_, events) => {
  expect(changesOf(...events)).toMatchObject({ asked: [], granted: [], gone: [id] });
});

it('keeps what a run holds while it is paused', () => {
  expect(changesOf(requested(1), granted(1), event('WorkflowPaused'))).toMatchObject({
    ...{ asked: [{ granted: true }], gone: [] },
  });
});

it.each([
  ['is resumed', [requested(1), pausedInLine, event('WorkflowResumed'), requested(4)]],
  ['is retried', [granted(1), event('WorkflowFailed'), event('WorkflowRetried'), requested(4)]],
])('lets a run stand in line anew that %s', (_, events) => {
  expect(changesOf(...events)).toMatchObject({
    ...{ asked: [{ requestedAt: 4, granted: false }], granted: [], gone: [] },
  });
});
