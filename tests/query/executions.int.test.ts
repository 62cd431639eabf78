import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExecutionEvent, executionStream, type KeyId } from '@studio/contracts';
import { foldRun, initialRun } from '@studio/domain';
import { digestOf } from '@studio/query-api';

import {
  chain,
  chainRun,
  newStory,
  nextInstant,
  nodeCompleted,
  nodeFailed,
  nodeStarted,
  type Story,
  workflowStarted,
} from '../fixtures/facts.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let keyId: KeyId;
let owner: Story;
let token: string;
let sessionId: string;

const owned = (): Story => ({
  ...newStory(keyId),
  userId: owner.userId,
  workspaceId: owner.workspaceId,
});
const get = (path: string, headers: Record<string, string> = {}) =>
  side.get(token, `/api/v1${path}`, headers);
const level = async (): Promise<void> => {
  await side.projectors.waitFor('executions', await side.studio.log.lastPosition(), 60_000);
};

beforeAll(async () => {
  side = await startReadSide();
  keyId = await side.studio.keys.reserve();
  owner = newStory(keyId);
  ({ token, sessionId } = await side.signIn(owner));
});
afterAll(() => side.stop());

describe('a node', () => {
  it('says how far its last attempt has come', async () => {
    const story = owned();
    const a = { nodeId: 'a', instanceId: 'a', attempt: 1 };
    const progressed: ExecutionEvent = {
      type: 'NodeProgressed',
      data: { ...a, fraction: 0.25, message: 'page 1 of 4' },
    };
    await side.studio.happened(
      story,
      ...[workflowStarted(story, chain('a')), nodeStarted('a'), progressed],
    );
    await level();
    const nodes = async () => (await get(`/executions/${story.executionId}/nodes`)).body;
    const reported = { fraction: 0.25, message: 'page 1 of 4', reported_at: expect.any(String) };
    expect(await nodes()).toMatchObject([{ progress: reported }]);
    await side.studio.happened(story, nodeFailed('a', 'retry'), nodeStarted('a', { attempt: 2 }));
    await level();
    expect(await nodes()).toMatchObject([{ progress: null }]);
  });
});

describe('a run', () => {
  it('is shown by the version that it was migrated to, as it stood before by the one before', async () => {
    const story = owned();
    const migrated: ExecutionEvent = {
      type: 'WorkflowMigrated',
      data: {
        ...{ fromVersion: 1, toVersion: 4, definition: chain('a', 'c', 'd'), totalNodes: 3 },
        ...{ definitionHash: 'h', nodes: [{ from: 'b', to: null }] },
      },
    };
    await side.studio.happened(
      story,
      ...[workflowStarted(story, chain('a', 'b')), nodeStarted('a'), migrated, nodeCompleted('a')],
    );
    await level();
    const { body } = await get(`/executions/${story.executionId}`);
    expect(body).toMatchObject({ workflow_version: 4, total_nodes: 3, completed_nodes: 1 });
    expect(body['node_executions']).toMatchObject([
      { node_id: 'a', status: 'completed' },
      { node_id: 'c', status: 'pending' },
      { node_id: 'd', status: 'pending' },
    ]);
    const message = 'Execution goes by version 4 of its workflow; until now by 1';
    expect(body['execution_log']).toContainEqual(expect.objectContaining({ message }));
    const { body: log } = await get(`/executions/${story.executionId}/logs`);
    expect(log).toEqual(body['execution_log']);
    const versionAt = async (at: number) =>
      (await get(`/executions/${story.executionId}/replay?at=${at}`)).body['workflow_version'];
    expect([await versionAt(1), await versionAt(2)]).toEqual([1, 4]);
  });

  it('is answered with its nodes and its log', async () => {
    const story = owned();
    await side.studio.happened(story, ...chainRun(story, 'a', 'b', 'c'));
    await level();
    const { status, body } = await get(`/executions/${story.executionId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: story.executionId,
      status: 'completed',
      trigger_data: { name: 'Ada' },
      input_data: { name: 'Ada' },
      output_data: { done: true },
      total_nodes: 3,
      completed_nodes: 3,
      progress_percentage: 100,
      erased: false,
    });
    expect(body.node_executions).toMatchObject(
      ['a', 'b', 'c'].map((id, index) => ({
        node_id: id,
        node_name: `Node ${id}`,
        node_kind: 'noop@1',
        status: 'completed',
        input_data: { of: id },
        output_data: { by: id },
        execution_order: index + 1,
      })),
    );
    expect(body.execution_log.map(({ message }) => message)).toEqual([
      'Execution created: Greeting (manual)',
      'Node a started',
      'Node a completed',
      'Node b started',
      'Node b completed',
      'Node c started',
      'Node c completed',
      'Execution completed',
    ]);
    const nodes = await get(`/executions/${story.executionId}/nodes`);
    expect(nodes.body).toEqual(body.node_executions);
    const logs = await get(`/executions/${story.executionId}/logs`);
    expect(logs.body).toEqual(body.execution_log);
  });

  it('is folded from its stream while the tables do not know it', async () => {
    const story = owned();
    const head = await side.studio.happened(
      story,
      workflowStarted(story, chain('a', 'b')),
      nodeStarted('a'),
      nodeFailed('a', 'retry'),
    );
    side.sessionPositions.remember(sessionId, head.position);
    await level();
    const fromTables = await get(`/executions/${story.executionId}`);
    // Emptied under it: only the stream can answer.
    await side.studio.pool.query('delete from read.executions where id = $1', [story.executionId]);
    const fromStream = await get(`/executions/${story.executionId}`);
    expect(fromStream.status).toBe(200);
    expect(fromStream.body).toEqual(fromTables.body);
    expect(fromStream.body.node_executions).toMatchObject([
      { node_id: 'a', status: 'pending', retry_count: 1, error_message: 'no luck for a' },
      { node_id: 'b', status: 'pending', attempt: 0 },
    ]);
  });

  it('says what an open run waits for, alone and in lists', async () => {
    const story = owned();
    const shown = async () => {
      await level();
      const { body } = await get(`/executions/${story.executionId}`);
      const list = await get(`/executions?workflow_id=${story.workflowId}`);
      const [listed] = list.body.items;
      expect(listed).toMatchObject({ status: body['status'] });
      return [body['waiting_reason'], listed?.['waiting_reason']];
    };
    const delay = { nodeId: 'b', instanceId: 'b', timerId: 'delay:b' };
    const definition = { ...chain('a', 'b', 'c'), connections: [] };
    await side.studio.happened(story, workflowStarted(story, definition));
    expect(await shown()).toEqual([null, null]);
    await side.studio.happened(
      story,
      ...[nodeStarted('a'), nodeStarted('c')],
      { type: 'TimerSet', data: { ...delay, dueAt: nextInstant() } },
      nodeCompleted('c'),
    );
    expect(await shown()).toEqual([null, null]);
    await side.studio.happened(story, nodeCompleted('a'));
    expect(await shown()).toEqual(['timer', 'timer']);
    await side.studio.happened(story, { type: 'WorkflowPaused', data: { reason: 'Lunch' } });
    expect(await shown()).toEqual(['paused', 'paused']);
    await side.studio.happened(
      story,
      ...[{ type: 'WorkflowResumed', data: {} } as const, nodeStarted('a', { attempt: 2 })],
      {
        type: 'NodeInDoubt',
        data: { nodeId: 'a', instanceId: 'a', attempt: 2, reason: 'crash' },
      },
    );
    expect(await shown()).toEqual(['in_doubt', 'in_doubt']);
    const { body } = await get(`/executions/${story.executionId}`);
    const messages = body.execution_log.map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining(['Execution paused: Lunch', 'Execution resumed']),
    );
  });

  it('shows no node at work once it failed', async () => {
    const story = owned();
    const waiting = { nodeId: 'b', instanceId: 'b' };
    await side.studio.happened(
      story,
      workflowStarted(story, chain('a', 'b', 'c')),
      { type: 'TimerSet', data: { ...waiting, timerId: 'delay:b', dueAt: nextInstant() } },
      ...[nodeStarted('a'), nodeFailed('a', 'fail_run')],
      { type: 'WorkflowFailed', data: { instanceId: 'a', code: 'http.status', message: 'no' } },
    );
    await level();
    const { body } = await get(`/executions/${story.executionId}`);
    const byNode = body.node_executions.map(({ node_id, status }) => [node_id, status]);
    expect(Object.fromEntries(byNode)).toEqual({ a: 'failed', b: 'cancelled', c: 'pending' });
  });

  it('shows nothing of its payloads once its data is erased', async () => {
    const story = { ...owned(), keyId: await side.studio.keys.reserve() };
    await side.studio.happened(story, ...chainRun(story, 'a'));
    await side.studio.keys.forget(story.keyId);
    await side.studio.happened(story, {
      type: 'DataErased',
      data: { executionId: story.executionId, keyId: story.keyId },
    });
    await level();
    for (const path of ['', '/nodes', '/logs', '/events', '/replay']) {
      const { status, body } = await get(`/executions/${story.executionId}${path}`);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain('Ada');
    }
    const { body } = await get(`/executions/${story.executionId}`);
    expect(body).toMatchObject({ erased: true, trigger_data: null, output_data: null });
  });

  it('is not found by others, and a malformed id is told so', async () => {
    const story = owned();
    await side.studio.happened(story, workflowStarted(story, chain('a')));
    const stranger = await side.signIn(newStory(keyId));
    for (const path of ['', '/nodes', '/logs', '/events', '/replay'])
      expect(
        (await side.get(stranger.token, `/api/v1/executions/${story.executionId}${path}`)).status,
      ).toBe(404);
    expect(await get('/executions/nonsense')).toMatchObject({
      status: 400,
      body: { detail: 'Invalid execution ID format' },
    });
    expect((await side.get(null, '/api/v1/executions')).status).toBe(401);
  });
});

describe('the list of runs', () => {
  it('is paged, filtered, newest first and exactly counted', async () => {
    const person = newStory(keyId);
    const mine = await side.signIn(person);
    const stories = [];
    for (let each = 0; each < 5; each += 1) {
      const { executionId } = newStory(keyId);
      const story = { ...person, executionId };
      stories.push(story);
      await side.studio.happened(
        story,
        ...(each < 2 ? chainRun(story, 'a') : [workflowStarted(story, chain('a'))]),
      );
    }
    await level();
    const list = (query: string) => side.get(mine.token, `/api/v1/executions${query}`);
    const all = await list('?limit=2&offset=1');
    expect(all.body).toMatchObject({ total: 5, limit: 2, offset: 1 });
    expect(all.body.items.map(({ id }) => id)).toEqual([
      stories[3]?.executionId,
      stories[2]?.executionId,
    ]);
    expect((await list('?status=completed')).body).toMatchObject({ total: 2, limit: 100 });
    expect((await list(`?workflow_id=${person.workflowId}`)).body['total']).toBe(5);
    expect((await list(`?workflow_id=${person.workflowId}&status=pending`)).body['total']).toBe(3);
    expect((await list('?status=unheard-of')).body).toMatchObject({ total: 0, items: [] });
    expect((await list('?limit=0')).status).toBe(422);
    expect((await list('?limit=101')).status).toBe(422);
    expect((await list('?offset=-1')).status).toBe(422);
    expect((await list('?status=%00')).status).toBe(422);
    expect((await list('?workflow_id=x')).status).toBe(400);
  });

  it('says when it may be stale, and refuses positions that are none', async () => {
    expect((await get('/executions')).headers.get('studio-stale')).toBeNull();
    const { storeId } = side.studio.log;
    const at = (position: string) => get('/executions', { 'studio-min-position': position });
    expect((await at('nonsense')).status).toBe(422);
    expect((await at('00000000-0000-0000-0000-000000000000:1')).status).toBe(410);
    expect((await at(`${storeId}:999999999`)).status).toBe(410);
    expect((await at(`${storeId}:1`)).headers.get('studio-stale')).toBeNull();
  });
});

describe('the history of a run', () => {
  it('is paged with its envelope', async () => {
    const story = owned();
    await side.studio.happened(story, ...chainRun(story, 'a', 'b'));
    const { body } = await get(`/executions/${story.executionId}/events?from=1&limit=2`);
    expect(body).toMatchObject({ total: 6, from: 1, limit: 2, execution_id: story.executionId });
    const stream = executionStream(story.executionId);
    const facts = await side.studio.log.readStream(stream, { from: 1, limit: 2 });
    expect(body.items).toEqual(
      facts.map(({ eventId, type, revision, position, hash, data, metadata }) => ({
        ...{ eventId, type, revision, hash, data, metadata },
        position: `${side.studio.log.storeId}:${position}`,
      })),
    );
    expect((await get(`/executions/${story.executionId}/events?limit=1001`)).status).toBe(422);
  });

  it('is replayed to the state after any fact, from facts alone', async () => {
    const story = owned();
    const events = chainRun(story, 'a', 'b');
    await side.studio.happened(story, ...events);
    let live = initialRun;
    for (const [revision, event] of events.entries()) {
      live = foldRun(live, [event]);
      const { body } = await get(`/executions/${story.executionId}/replay?at=${revision}`);
      expect(body).toMatchObject({ revision, last_revision: 5, status: live.status });
      expect(body['digest']).toBe(digestOf(live));
    }
    const last = await get(`/executions/${story.executionId}/replay`);
    expect(last.body).toMatchObject({
      revision: 5,
      status: 'completed',
      output: { done: true },
      nodes: { a: { status: 'completed', output: { by: 'a' } } },
    });
    const past = await get(`/executions/${story.executionId}/replay?at=6`);
    expect(past.status).toBe(404);
    expect(past.body['detail']).toContain('facts 0 to 5');
    expect((await get(`/executions/${story.executionId}/replay?at=-1`)).status).toBe(422);
  });
});
