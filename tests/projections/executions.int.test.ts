import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionEvent, KeyId } from '@studio/contracts';
import { workflowStream } from '@studio/contracts';
import { type Projectors, startProjectors } from '@studio/projectors';

import {
  chain,
  chainRun,
  newStory,
  nodeCompleted,
  nodeFailed,
  nodeStarted,
  type Story,
  workflowCreated,
  workflowStarted,
} from '../fixtures/facts.ts';
import { startStudioLog, type StudioLog } from '../fixtures/studioLog.ts';

let studio: StudioLog;
let projectors: Projectors;
let keyId: KeyId;

const rows = async (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => {
  await projectors.waitFor('executions', await studio.log.lastPosition(), 60_000);
  await projectors.waitFor('workflows', await studio.log.lastPosition(), 60_000);
  return (await studio.pool.query<Record<string, unknown>>(sql, values)).rows;
};

const runRow = async (story: Story): Promise<Record<string, unknown> | undefined> =>
  (await rows('select * from read.executions where id = $1', story.executionId))[0];

const nodeRows = (story: Story): Promise<Record<string, unknown>[]> =>
  rows(
    'select * from read.node_executions where execution_id = $1 order by first_revision',
    story.executionId,
  );

const totals = async (story: Story): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await rows(
        "select value, runs from read.execution_totals where workspace_id = $1 and dimension = 'status'",
        story.workspaceId,
      )
    ).map(({ value, runs }) => [String(value), Number(runs)]),
  );

beforeAll(async () => {
  studio = await startStudioLog();
  keyId = await studio.keys.reserve();
  projectors = await startProjectors({
    ...studio,
    onTrouble: (error) => {
      throw error;
    },
  });
});
afterAll(async () => {
  await projectors.stop();
  await studio.stop();
});

describe('executions', () => {
  it('shows a run of a chain once it ended', async () => {
    const story = newStory(keyId);
    await studio.happened(story, ...chainRun(story, 'a', 'b', 'c'));
    expect(await runRow(story)).toMatchObject({
      status: 'completed',
      workspace_id: story.workspaceId,
      total_nodes: 3,
      completed_nodes: '3',
      failed_nodes: '0',
      revision: 7,
    });
    expect((await nodeRows(story)).map(({ instance_id, status }) => [instance_id, status])).toEqual(
      [
        ['a', 'completed'],
        ['b', 'completed'],
        ['c', 'completed'],
      ],
    );
    expect(await totals(story)).toEqual({ pending: 0, running: 0, completed: 1 });
  });

  it('follows a run fact by fact, whatever the batches', async () => {
    const story = newStory(keyId);
    await studio.happened(story, workflowStarted(story, chain('a', 'b')));
    expect(await runRow(story)).toMatchObject({ status: 'pending', started_at: null });
    expect(await totals(story)).toEqual({ pending: 1 });
    await studio.happened(story, nodeStarted('a'));
    expect(await runRow(story)).toMatchObject({ status: 'running', completed_nodes: '0' });
    await studio.happened(story, nodeFailed('a', 'retry'));
    expect(await nodeRows(story)).toMatchObject([{ status: 'pending', retry_count: '1' }]);
    await studio.happened(story, nodeStarted('a', { attempt: 2 }), nodeCompleted('a'));
    expect(await nodeRows(story)).toMatchObject([
      { status: 'completed', attempt: 1, retry_count: '1', first_revision: 1, error_code: null },
    ]);
    await studio.happened(story, { type: 'WorkflowCancelled', data: { reason: null } });
    expect(await runRow(story)).toMatchObject({ status: 'cancelled', completed_nodes: '1' });
    expect(await totals(story)).toEqual({ pending: 0, running: 0, cancelled: 1 });
  });

  it('takes back what happened behind the node that a run is sent back to', async () => {
    const story = newStory(keyId);
    const facts = [workflowStarted(story, chain('a', 'b', 'c')), nodeStarted('a')];
    const after = [nodeCompleted('a'), nodeStarted('b'), nodeCompleted('b'), nodeStarted('c')];
    await studio.happened(story, ...facts, ...after, {
      type: 'WorkflowRewound',
      data: {
        ...{ rewind: 1, toNode: 'b', reason: null, nodeIds: ['b', 'c'] },
        anew: [{ attempt: 2, generation: 1, nodeIds: ['b', 'c'] }],
        ...{ completed: 1, failed: 0, unfinished: [], children: [], withdrawn: [] },
        calledOff: [{ nodeId: 'c', instanceId: 'c', attempt: 1 }],
      },
    });
    expect(await runRow(story)).toMatchObject({ status: 'running', completed_nodes: '1' });
    expect(await nodeRows(story)).toMatchObject([
      { instance_id: 'a', status: 'completed' },
      { instance_id: 'b', status: 'pending', output: null, handle: null, completed_at: null },
      { instance_id: 'c', status: 'pending', input: null },
    ]);
    await studio.happened(story, nodeStarted('b', { attempt: 2 }), nodeCompleted('b'));
    expect(await runRow(story)).toMatchObject({ completed_nodes: '2' });
  });

  it('counts a run that is cancelled before it began', async () => {
    const story = newStory(keyId);
    await studio.happened(story, workflowStarted(story, chain('a')));
    await studio.happened(story, { type: 'WorkflowCancelled', data: { reason: null } });
    expect(await totals(story)).toEqual({ pending: 0, cancelled: 1 });
  });

  it.each([
    ['concurrency', [{ key: 'a', most: 2 }]],
    ['rate', [{ key: 'a', most: 1, withinMs: 5 }]],
    [
      'singleton',
      [
        { key: 'a', most: 50 },
        { key: 'b', most: 1 },
      ],
    ],
    [
      'concurrency',
      [
        { key: 'a', most: 1, withinMs: 5 },
        { key: 'b', most: 2 },
      ],
    ],
    [
      'debounce',
      [
        { key: 'a', most: 1 },
        { key: 'b', debounceMs: 5 },
      ],
    ],
  ])('shows a run that waits for its permits as pending, for %s', async (reason, permits) => {
    const story = newStory(keyId);
    const requested: ExecutionEvent = { type: 'PermitsRequested', data: { priority: 0, permits } };
    await studio.happened(story, workflowStarted(story, chain('a')), requested);
    const waiting = { status: 'pending', waits_for_permit: reason, started_at: null };
    expect(await runRow(story)).toMatchObject(waiting);
    expect(await totals(story)).toEqual({ pending: 1 });
    await studio.happened(story, {
      ...{ type: 'WorkflowPaused', data: { reason: null, waiting: true } },
    });
    expect(await runRow(story)).toMatchObject({ status: 'paused', waits_for_permit: null });
    expect(await totals(story)).toMatchObject({ pending: 0, paused: 1 });
    await studio.happened(story, { type: 'WorkflowResumed', data: {} }, requested);
    expect(await runRow(story)).toMatchObject(waiting);
    await studio.happened(story, {
      ...{ type: 'PermitsGranted', data: { requestedAt: 4, counted: [], begins: true } },
    });
    expect(await runRow(story)).toMatchObject({
      ...{ status: 'running', waits_for_permit: null, started_at: expect.any(Date) },
    });
    expect(await totals(story)).toMatchObject({ pending: 0, running: 1, paused: 0 });
  });

  it('counts a run that is cancelled while it waits for its permits', async () => {
    const story = newStory(keyId);
    await studio.happened(story, workflowStarted(story, chain('a')), {
      ...{ type: 'PermitsRequested', data: { priority: 0, permits: [{ key: 'a', most: 1 }] } },
    });
    await studio.happened(story, {
      ...{ type: 'WorkflowCancelled', data: { reason: null, waiting: true } },
    });
    expect(await totals(story)).toEqual({ pending: 0, cancelled: 1 });
  });

  it('counts a run that is paused, goes on, and is cancelled while it is paused again', async () => {
    const story = newStory(keyId);
    const pause: ExecutionEvent = { type: 'WorkflowPaused', data: { reason: null } };
    await studio.happened(story, workflowStarted(story, chain('a')), pause);
    expect(await runRow(story)).toMatchObject({ status: 'paused', started_at: expect.any(Date) });
    expect(await totals(story)).toMatchObject({ pending: 0, running: 0, paused: 1 });
    await studio.happened(story, { type: 'WorkflowResumed', data: {} });
    expect(await runRow(story)).toMatchObject({ status: 'running' });
    expect(await totals(story)).toMatchObject({ running: 1, paused: 0 });
    await studio.happened(story, pause, {
      ...{ type: 'WorkflowCancelled', data: { reason: null, paused: true } },
    });
    expect(await runRow(story)).toMatchObject({ status: 'cancelled' });
    expect(await totals(story)).toMatchObject({ running: 0, paused: 0, cancelled: 1 });
  });

  it('takes a failure back when the run is retried', async () => {
    const story = newStory(keyId);
    const place = (id: string) => ({ nodeId: id, instanceId: id });
    const failedRun = { type: 'WorkflowFailed' } as const;
    await studio.happened(
      story,
      workflowStarted(story, chain('a', 'b')),
      ...[nodeStarted('a'), nodeCompleted('a'), nodeStarted('b'), nodeFailed('b', 'fail_run')],
      { ...failedRun, data: { instanceId: 'b', code: 'http.status', message: 'no' } },
    );
    expect(await runRow(story)).toMatchObject({
      ...{ status: 'failed', failed_nodes: '1', retry_count: 0, error_code: 'http.status' },
    });
    const reopened = [{ ...place('b'), attempt: 2, generation: 1 }];
    await studio.happened(story, {
      type: 'WorkflowRetried',
      data: { retry: 1, reopened, inDoubt: [] },
    });
    expect(await runRow(story)).toMatchObject({
      ...{ status: 'running', failed_nodes: '0', completed_nodes: '1', retry_count: 1 },
      ...{ completed_at: null, error_code: null, error_message: null, error_instance_id: null },
    });
    expect(await nodeRows(story)).toMatchObject([
      { instance_id: 'a', status: 'completed', retry_count: '0' },
      {
        ...{ instance_id: 'b', status: 'pending', retry_count: '1' },
        ...{ error_code: null, error_message: null, completed_at: null },
      },
    ]);
    expect(await totals(story)).toEqual({ pending: 0, running: 1, failed: 0 });
    await studio.happened(
      story,
      ...[nodeStarted('b', { attempt: 2 }), nodeFailed('b', 'fail_run')],
      { ...failedRun, data: { instanceId: 'b', code: 'http.status', message: 'no' } },
      {
        type: 'WorkflowRetried',
        data: { retry: 2, reopened: [], inDoubt: [{ ...place('b'), attempt: 2 }] },
      },
    );
    expect(await runRow(story)).toMatchObject({ failed_nodes: '0', retry_count: 2 });
    expect((await nodeRows(story))[1]).toMatchObject({ status: 'in_doubt' });
    await studio.happened(story, {
      type: 'DataErased',
      data: { executionId: story.executionId, keyId: story.keyId, cancelled: true },
    });
    expect(await runRow(story)).toMatchObject({ status: 'cancelled', erased: true });
    expect(await totals(story)).toEqual({ pending: 0, running: 0, failed: 0, cancelled: 1 });
  });

  it('shows a run as pending until the time that it begins at', async () => {
    const story = newStory(keyId);
    const started = workflowStarted(story, chain('a'));
    if (started.type !== 'WorkflowStarted') throw new Error('it opens the run');
    const scheduledAt = '2030-01-01T00:00:00.000Z';
    await studio.happened(story, { ...started, data: { ...started.data, scheduledAt } });
    expect(await runRow(story)).toMatchObject({
      ...{ status: 'pending', started_at: null, scheduled_at: new Date(scheduledAt) },
    });
    await studio.happened(story, { type: 'StartTimeReached', data: {} });
    expect(await runRow(story)).toMatchObject({ status: 'running' });
    expect(await totals(story)).toEqual({ pending: 0, running: 1 });
  });

  it('keeps payloads sealed, and drops them when the data is erased', async () => {
    const story = newStory(await studio.keys.reserve());
    await studio.happened(story, ...chainRun(story, 'a'));
    const sealed = await runRow(story);
    expect(sealed?.['trigger']).toContain('$sealed');
    expect(sealed?.['trigger']).not.toContain('Ada');
    expect((await nodeRows(story))[0]?.['input']).toContain('$sealed');
    await studio.happened(story, {
      type: 'DataErased',
      data: { executionId: story.executionId, keyId: story.keyId },
    });
    expect(await runRow(story)).toMatchObject({ erased: true, trigger: null, output: null });
    expect(await nodeRows(story)).toMatchObject([{ input: null, output: null }]);
  });

  it('keeps one row per workflow at its newest version', async () => {
    const story = newStory(keyId);
    const stream = workflowStream(story.workflowId);
    await studio.append(story, stream, [workflowCreated(story)]);
    await studio.append(story, stream, [
      {
        type: 'WorkflowChanged',
        data: {
          ...{ workflowId: story.workflowId, version: 2, name: 'Farewell', description: null },
          ...{ nodes: [], connections: [], settings: {}, tags: ['demo'], isPublic: false },
        },
      },
    ]);
    expect(
      await rows('select * from read.workflows where id = $1', story.workflowId),
    ).toMatchObject([{ name: 'Farewell', version: 2, tags: ['demo'], status: 'draft' }]);
  });
});
