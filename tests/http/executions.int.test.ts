import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  type KeyId,
} from '@studio/contracts';
import { handle, run } from '@studio/domain';
import { createPatience, newId, systemClock } from '@studio/infra';

import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
let ada: SignedIn;
let grace: SignedIn;
beforeAll(async () => {
  studio = await startWriteSide();
  ada = await studio.signIn('ada@example.org');
  grace = await studio.signIn('grace@example.org');
});
afterAll(() => studio.stop());

const position = { x: 0, y: 0 };
const node = (id: string, kind: string, config = {}) => ({
  ...{ id, type: 'action', title: id.toUpperCase(), position, data: { kind, config } },
});
const edge = (source: string, target: string) => ({ source, target });
const chain = {
  name: 'Chain',
  nodes: [node('a', 'manual-trigger'), node('b', 'noop'), node('c', 'noop')],
  connections: [edge('a', 'b'), edge('b', 'c')],
};
const save = async (graph: object): Promise<string> => {
  const { body } = await ada.call('POST', '/workflows', { name: 'W', ...graph });
  return String(body.id);
};
const factsOf = async (id: string) =>
  (await studio.log.readStream(
    executionStream(id as ExecutionId),
  )) as unknown as readonly (ExecutionEvent & {
    metadata: Record<string, unknown>;
  })[]; // the stream of a run
const start = async (workflowId: string, data: object = {}): Promise<{ id: string }> => {
  const { body } = await ada.call('POST', '/executions', {
    ...{ workflow_id: workflowId, trigger_data: data },
  });
  return { id: String(body.id) };
};

const keyOf = async (id: string): Promise<KeyId> => {
  const [first] = await factsOf(id);
  if (first?.type !== 'WorkflowStarted') throw new Error('the first fact opens the run');
  return first.data.keyId as KeyId; // the log holds the id as plain text
};

/** Gives a run an order as the executor would. */
const asExecutor = (id: string, command: Parameters<typeof run.decide>[0]) =>
  handle({ log: studio.log, newId, patience: createPatience() }, run, {
    stream: executionStream(id as ExecutionId), // it is one
    command,
    cause: {
      ...{
        correlationId: 'test',
        causationId: 'test',
        commandId: 'test',
        occurredAt: systemClock(),
      },
      ...{ actor: { kind: 'executor', id: 'test' }, workspaceId: ada.workspaceId },
    },
    keys: ({ keyId }) => ({ run: keyId }),
  });

describe('POST /executions', () => {
  it('accepts a run and pins what it depends on', async () => {
    const workflowId = await save(chain);
    const { status, body, headers } = await ada.call('POST', '/executions', {
      ...{ workflow_id: workflowId, trigger_data: { who: 'Ada\u0000\ud800' } },
    });
    expect(status).toBe(202);
    expect(body).toEqual({
      ...{ id: body.id, workflow_id: workflowId, status: 'pending' },
      created_at: expect.stringMatching(/Z$/),
    });
    expect(headers.get('studio-position')).toMatch(/:\d+$/);
    const [first] = await factsOf(body.id);
    if (first?.type !== 'WorkflowStarted') throw new Error('the first fact opens the run');
    expect(first.data).toMatchObject({
      ...{ workflowVersion: 1, workflowName: 'Chain', userId: ada.userId, engineVersion: 1 },
      ...{ triggerType: 'manual', trigger: { who: 'Ada\u0000\ud800' }, totalNodes: 3 },
    });
    expect(first.data.definition.nodes.map(({ kind, name }) => [kind, name])).toEqual([
      ['manual-trigger@1', 'A'],
      ['noop@1', 'B'],
      ['noop@1', 'C'],
    ]);
    const text = JSON.stringify(first.data.definition);
    expect(first.data.definitionHash).toBe(createHash('sha256').update(text).digest('hex'));
    expect(first.metadata).toMatchObject({
      ...{
        actor: { kind: 'user', id: ada.userId },
        workspaceId: ada.workspaceId,
        schemaVersion: 1,
      },
      correlationId: headers.get('x-request-id'),
    });
  });

  it('runs the version that was the last when it started', async () => {
    const workflowId = await save(chain);
    await ada.call('PUT', `/workflows/${workflowId}`, { name: 'Second' });
    const [first] = await factsOf((await start(workflowId)).id);
    expect(first?.data).toMatchObject({ workflowVersion: 2, workflowName: 'Second' });
  });

  it.each([
    ['no node', { nodes: [] }, 'No starting nodes found (all nodes have dependencies)'],
    [
      'a ring',
      { ...chain, connections: [...chain.connections, edge('c', 'b')] },
      "Cycle detected in workflow. Unprocessed nodes: {'b', 'c'}",
    ],
    [
      'an unknown kind',
      { nodes: [node('a', 'teleport')] },
      "node 'a' has the unknown kind 'teleport'",
    ],
  ])('refuses to start a workflow with %s', async (_, graph, reason) => {
    const workflowId = await save(graph);
    const before = await studio.log.lastPosition();
    const { status, body } = await ada.call('POST', '/executions', { workflow_id: workflowId });
    expect([status, body.detail]).toEqual([400, `Workflow validation failed: ${reason}`]);
    expect(await studio.log.lastPosition()).toBe(before);
  });

  it.each([
    ['expression', { expression: '1 +' }],
    ['template', { label: { deep: ['{{ input.( }}'] } }],
  ])('names the node whose %s cannot be read', async (_, config) => {
    const workflowId = await save({ nodes: [node('a', 'transform', config)] });
    const { status, body } = await ada.call('POST', '/executions', { workflow_id: workflowId });
    expect(status).toBe(400);
    expect(body.detail).toMatch(/^Workflow validation failed: node 'a': /);
  });

  it('starts a workflow of 5,000 nodes', async () => {
    const nodes = Array.from({ length: 5_000 }, (_, index) => node(`n${index}`, 'noop'));
    const connections = nodes.slice(1).map(({ id }, index) => edge(`n${index}`, id));
    const { status } = await ada.call('POST', '/executions', {
      workflow_id: await save({ nodes, connections }),
    });
    expect(status).toBe(202);
  });

  it('hides the workflows of others', async () => {
    const workflowId = await save({ ...chain, is_public: true });
    for (const id of [workflowId, newId()]) {
      const { status, body } = await grace.call('POST', '/executions', { workflow_id: id });
      expect([status, body.detail]).toEqual([404, 'Workflow not found or access denied']);
    }
  });

  it('starts once what an Idempotency-Key stands for', async () => {
    const workflowId = await save(chain);
    const post = (data: object, query = '') =>
      ada.call(
        'POST',
        `/executions${query}`,
        { workflow_id: workflowId, trigger_data: data },
        { 'Idempotency-Key': 'k' },
      );
    const answers = await Promise.all([post({ n: 1 }), post({ n: 1 }), post({ n: 1 })]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const first = answers[0];
    for (const { body } of answers) expect(body).toEqual(first.body);
    await ada.call('POST', `/executions/${first.body.id}/cancel`);
    const later = await post({ n: 1 });
    expect([later.status, later.body]).toEqual([202, first.body]);
    for (const other of [await post({ n: 2 }), await post({ n: 1 }, '?n=2')])
      expect([other.status, other.body.detail[0].loc]).toEqual([
        422,
        ['header', 'Idempotency-Key'],
      ]);
    const facts = await factsOf(first.body.id);
    expect(facts.filter(({ type }) => type === 'WorkflowStarted')).toHaveLength(1);
  });

  it.each([
    [{}, ['body', 'workflow_id']],
    [{ workflow_id: 'nonsense' }, ['body', 'workflow_id']],
    [{ workflow_id: newId(), trigger_type: 'whim' }, ['body', 'trigger_type']],
    [{ workflow_id: newId(), trigger_data: [] }, ['body', 'trigger_data']],
  ])('refuses %j', async (body, loc) => {
    const answer = await ada.call('POST', '/executions', body);
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, loc]);
  });
});

describe('the options of a start', () => {
  const routes: [string, (workflowId: string) => [string, object]][] = [
    ['POST /executions', (id) => ['/executions', { workflow_id: id }]],
    ['POST /workflows/{id}/executions', (id) => [`/workflows/${id}/executions`, {}]],
  ];
  const startBy = async (route: (id: string) => [string, object], options: object) => {
    const [path, asked] = route(await save(chain));
    return ada.call('POST', path, { ...asked, ...options });
  };
  const opening = async (id: string) => {
    const [first] = await factsOf(id);
    if (first?.type !== 'WorkflowStarted') throw new Error('the first fact opens the run');
    return first.data;
  };

  it.each(routes)('are those that were asked for: %s', async (_, route) => {
    const { body } = await startBy(route, {
      ...{ context: { c: 1 }, priority: 10, max_retries: 0 },
      scheduled_at: '2031-02-03T04:05:06+01:00',
    });
    expect(await opening(body.id)).toMatchObject({
      ...{ context: { c: 1 }, priority: 10, maxRetries: 0 },
      scheduledAt: '2031-02-03T03:05:06.000Z',
    });
  });

  it.each(routes)('are the least when nothing is asked for: %s', async (_, route) => {
    const { body } = await startBy(route, { scheduled_at: null });
    const data = await opening(body.id);
    expect(data).toMatchObject({ context: {}, priority: 0, maxRetries: 3 });
    expect(data).not.toHaveProperty('scheduledAt');
  });

  it.each([
    ['2031-02-03T04:05:06', '2031-02-03T04:05:06.000Z'],
    ['2031-02-03T04:05:06.123456Z', '2031-02-03T04:05:06.123Z'],
    ['1999-12-31T23:59:59Z', '1999-12-31T23:59:59.000Z'],
  ])('take an instant in any form: %s', async (given, kept) => {
    const path = `/workflows/${await save(chain)}/executions`;
    const { body } = await ada.call('POST', path, { scheduled_at: given });
    expect(body.scheduled_at).toBe(kept);
    expect((await opening(body.id)).scheduledAt).toBe(kept);
  });

  it.each([
    ...['tomorrow', '', 7, '2031-02-03', '2031-02-30T00:00:00Z', '0000-01-01T00:00:00Z'],
    ...['9999-12-31T23:59:59-12:00', '+010000-01-01T00:00:00Z', '1969-12-31T23:59:59Z'],
  ])('are refused when scheduled_at is %j', async (scheduled_at) => {
    for (const [, route] of routes) {
      const { status, body } = await startBy(route, { scheduled_at });
      expect([status, body.detail[0].loc]).toEqual([422, ['body', 'scheduled_at']]);
    }
  });

  it.each([
    ['priority', -1],
    ['priority', 11],
    ['priority', 1.5],
    ['max_retries', -1],
    ['max_retries', 11],
    ['context', []],
  ])('are refused when %s is %j', async (option, value) => {
    for (const [, route] of routes) {
      const { status, body } = await startBy(route, { [option]: value });
      expect([status, body.detail[0].loc]).toEqual([422, ['body', option]]);
    }
  });
});

it('answers POST /workflows/{id}/executions with the whole execution', async () => {
  const workflowId = await save(chain);
  const { status, body } = await ada.call('POST', `/workflows/${workflowId}/executions`, {
    ...{ input_data: { a: 1 }, priority: 5, max_retries: 0, context: { c: 2 } },
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    ...{ workflow_id: workflowId, user_id: ada.userId, status: 'pending', input_data: { a: 1 } },
    ...{ trigger_data: { a: 1 }, context: { c: 2 }, priority: 5, max_retries: 0, total_nodes: 3 },
    ...{ completed_nodes: 0, progress_percentage: 0, started_at: null },
  });
  const malformed = await ada.call('POST', '/workflows/nonsense/executions', {});
  expect(malformed.status).toBe(422);
});

describe('POST /executions/{id}/cancel', () => {
  it('cancels a run once', async () => {
    const { id } = await start(await save(chain));
    const { status, body, headers } = await ada.call('POST', `/executions/${id}/cancel`);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ success: true, message: 'Execution cancelled successfully' },
      ...{ execution_id: id, status: 'cancelled' },
    });
    expect(headers.get('studio-position')).toMatch(/:\d+$/);
    const again = await ada.call('POST', `/executions/${id}/cancel`);
    expect([again.status, again.body.detail]).toEqual([
      400,
      'Cannot cancel execution with status: cancelled',
    ]);
  });

  it('wins against an executor that writes all the time', async () => {
    const nodes = Array.from({ length: 60 }, (_, index) => node(`n${index}`, 'noop'));
    const { id } = await start(await save({ nodes }));
    const over = new AbortController();
    const executor = (async () => {
      for (let index = 0; index < nodes.length && !over.signal.aborted; index += 1)
        await asExecutor(id, {
          type: 'StartNode',
          data: {
            instanceId: `n${index}`,
            epoch: 1,
            effect: 'idempotent',
            idempotencyKey: 'k',
            input: {},
          },
        }).catch(() => undefined); // a cancelled run starts nothing
    })();
    const { status, body } = await ada.call('POST', `/executions/${id}/cancel`);
    over.abort();
    await executor;
    expect([status, body.status]).toEqual([200, 'cancelled']);
  });

  it.each(['cancel', 'pause', 'resume', 'retry', 'rerun', 'forget', 'nodes/a/resolve'])(
    'hides the runs of others: %s',
    async (path) => {
      const { id } = await start(await save(chain));
      for (const hidden of [id, newId()]) {
        const { status, body } = await grace.call('POST', `/executions/${hidden}/${path}`, {});
        expect([status, body.detail]).toEqual([404, 'Execution not found or access denied']);
      }
      const malformed = await ada.call('POST', `/executions/nonsense/${path}`, {});
      expect([malformed.status, malformed.body.detail]).toEqual([
        400,
        'Invalid execution ID format',
      ]);
    },
  );
});

describe('POST /executions/{id}/rerun', () => {
  const endedRun = async (workflowId: string, options: object = {}): Promise<string> => {
    const asked = { workflow_id: workflowId, trigger_data: { who: 'Ada' }, ...options };
    const { body } = await ada.call('POST', '/executions', asked);
    await ada.call('POST', `/executions/${body.id}/cancel`);
    return String(body.id);
  };
  const rerun = (id: string, headers = {}) =>
    ada.call('POST', `/executions/${id}/rerun`, {}, headers);
  const opening = async (id: string) => {
    const [first] = await factsOf(id);
    if (first?.type !== 'WorkflowStarted') throw new Error('the first fact opens the run');
    return first.data;
  };

  it('starts another run of what this one was, whatever became of the workflow', async () => {
    const workflowId = await save(chain);
    const id = await endedRun(workflowId, { business_key: 'order-7', context: { c: 1 } });
    await ada.call('PUT', `/workflows/${workflowId}`, { name: 'Second' });
    const { status, body, headers } = await rerun(id);
    expect(status).toBe(202);
    expect(body).toEqual({
      ...{ id: body.id, workflow_id: workflowId, status: 'pending' },
      created_at: expect.stringMatching(/Z$/),
    });
    expect(headers.get('studio-position')).toMatch(/:\d+$/);
    const [before, again] = [await opening(id), await opening(body.id)];
    const { keyId } = again;
    expect(again).toEqual({ ...before, executionId: body.id, keyId, rerunOf: id });
    expect(keyId).not.toBe(before.keyId);
  });

  it('starts it once under an Idempotency-Key, for each run', async () => {
    const workflowId = await save(chain);
    const [one, other] = [await endedRun(workflowId), await endedRun(workflowId)];
    const key = { 'Idempotency-Key': 'again' };
    const answers = await Promise.all([rerun(one, key), rerun(one, key)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[1].body).toEqual(answers[0].body);
    expect((await rerun(other, key)).body.code).toBe('request.idempotency_key_reused');
    expect((await rerun(one)).body.id).not.toBe(answers[0].body.id);
  });

  it('is refused for what is open, forgotten, or of a workflow that is gone or halted', async () => {
    const workflowId = await save(chain);
    const { id: open } = await start(workflowId);
    const refusal = async (id: string) => {
      const { status, body } = await rerun(id);
      return [status, body.code];
    };
    expect(await refusal(open)).toEqual([400, 'execution.not_ended']);
    const id = await endedRun(workflowId);
    await ada.call('POST', `/workflows/${workflowId}/halt`, { runs: 'pause' });
    expect(await refusal(id)).toEqual([409, 'workflow.halted']);
    await ada.call('POST', `/workflows/${workflowId}/release`);
    await ada.call('DELETE', `/workflows/${workflowId}`);
    expect(await refusal(id)).toEqual([404, 'workflow.not_found']);
    const forgotten = await endedRun(await save(chain));
    await ada.call('POST', `/executions/${forgotten}/forget`);
    expect(await refusal(forgotten)).toEqual([400, 'execution.erased']);
  });
});

describe('POST /executions/{id}/rewind', () => {
  const rewind = (id: string, asked: object) => ada.call('POST', `/executions/${id}/rewind`, asked);

  it('sends a run back to a node that has begun, and says why it does not', async () => {
    const { id } = await start(await save(chain));
    await asExecutor(id, { type: 'SettleRun', data: {} });
    const early = await rewind(id, { node_id: 'b' });
    expect([early.status, early.body.code]).toEqual([400, 'node.not_rewindable']);
    const unknown = await rewind(id, { node_id: 'nobody' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'node.not_found']);
    const { status, body } = await rewind(id, { node_id: 'a', reason: 'The wrong order' });
    expect([status, body]).toEqual([
      200,
      {
        ...{ success: true, message: 'Execution sent back' },
        ...{ execution_id: id, status: 'running', node_id: 'a' },
      },
    ]);
    expect((await factsOf(id)).at(-1)).toMatchObject({
      ...{ type: 'WorkflowRewound', data: { toNode: 'a', reason: 'The wrong order' } },
      metadata: { actor: { kind: 'user', id: ada.userId } },
    });
    await ada.call('POST', `/executions/${id}/cancel`);
    const late = await rewind(id, { node_id: 'a' });
    expect([late.status, late.body.code]).toEqual([400, 'execution.not_rewindable']);
  });

  it('is no business of others, and takes the name of a node', async () => {
    const { id } = await start(await save(chain));
    expect((await grace.call('POST', `/executions/${id}/rewind`, { node_id: 'a' })).status).toBe(
      404,
    );
    expect((await rewind(id, {})).status).toBe(422);
  });
});

describe('POST /executions/{id}/pause and /resume', () => {
  it('has a run stand still and go on, each once', async () => {
    const { id } = await start(await save(chain));
    const pause = () => ada.call('POST', `/executions/${id}/pause`, { reason: 'Lunch' });
    const resume = () => ada.call('POST', `/executions/${id}/resume`);
    for (const { status, body } of [await pause(), await pause()])
      expect([status, body]).toEqual([
        200,
        {
          ...{ success: true, message: 'Execution paused successfully' },
          ...{ execution_id: id, status: 'paused' },
        },
      ]);
    for (const { status, body } of [await resume(), await resume()])
      expect([status, body.status]).toEqual([200, 'running']);
    const facts = await factsOf(id);
    expect(facts.map(({ type }) => type)).toEqual([
      ...['WorkflowStarted', 'WorkflowPaused', 'WorkflowResumed'],
    ]);
    expect(facts[1]).toMatchObject({
      data: { reason: 'Lunch' },
      metadata: { actor: { kind: 'user', id: ada.userId } },
    });
  });

  it('is refused for a run that has ended', async () => {
    const { id } = await start(await save(chain));
    await ada.call('POST', `/executions/${id}/cancel`);
    const paused = await ada.call('POST', `/executions/${id}/pause`);
    expect([paused.status, paused.body.code]).toEqual([400, 'execution.not_pausable']);
    const resumed = await ada.call('POST', `/executions/${id}/resume`);
    expect([resumed.status, resumed.body.code]).toEqual([400, 'execution.not_resumable']);
  });

  it.each([{ reason: 7 }, { reason: 'x'.repeat(2_001) }, []])('refuses %j', async (asked) => {
    const { id } = await start(await save(chain));
    expect((await ada.call('POST', `/executions/${id}/pause`, asked)).status).toBe(422);
    expect(await factsOf(id)).toHaveLength(1);
  });
});

describe('POST /executions/{id}/retry', () => {
  const refusal = 'Execution cannot be retried (not failed or max retries reached)';
  const failedRun = async (options: object = {}): Promise<string> => {
    const path = `/workflows/${await save(chain)}/executions`;
    const { body } = await ada.call('POST', path, options);
    await fail(String(body.id));
    return String(body.id);
  };
  const fail = async (id: string): Promise<void> => {
    const error = { code: 'expression.failed', message: 'no', transient: false };
    await asExecutor(id, { type: 'SettleRun', data: {} });
    await asExecutor(id, { type: 'FailPureNode', data: { instanceId: 'b', error } });
  };
  const retry = (id: string) => ada.call('POST', `/executions/${id}/retry`);

  it('has a failed run go on, as often as it may', async () => {
    const id = await failedRun({ max_retries: 2 });
    for (let count = 1; count <= 2; count += 1) {
      const { status, body, headers } = await retry(id);
      expect([status, body]).toEqual([
        200,
        {
          ...{ success: true, message: 'Execution retry initiated' },
          ...{ execution_id: id, status: 'pending' },
        },
      ]);
      expect(headers.get('studio-position')).toMatch(/:\d+$/);
      const twice = await retry(id);
      expect([twice.status, twice.body.detail]).toEqual([400, refusal]);
      await fail(id);
    }
    const { status, body } = await retry(id);
    expect([status, body.code, body.detail]).toEqual([400, 'execution.not_retryable', refusal]);
    const facts = (await factsOf(id)).filter(({ type }) => type === 'WorkflowRetried');
    expect(facts.map(({ metadata }) => metadata['actor'])).toEqual(
      [1, 2].map(() => ({ kind: 'user', id: ada.userId })),
    );
  });

  it('is never done when max_retries is 0', async () => {
    const { status, body } = await retry(await failedRun({ max_retries: 0 }));
    expect([status, body.detail]).toEqual([400, refusal]);
  });

  it('is refused for a run that has not failed', async () => {
    const { id } = await start(await save(chain));
    expect((await retry(id)).status).toBe(400);
    await ada.call('POST', `/executions/${id}/cancel`);
    expect((await retry(id)).status).toBe(400);
  });

  it('is refused for a run that was forgotten, however far that has come', async () => {
    const forgotten = await failedRun();
    await ada.call('POST', `/executions/${forgotten}/forget`);
    const halfForgotten = await failedRun();
    await studio.keys.forget(await keyOf(halfForgotten));
    for (const id of [forgotten, halfForgotten]) {
      const { status, body } = await retry(id);
      expect([status, body.code]).toEqual([400, 'execution.erased']);
    }
  });

  it('does not keep a run open whose key is deleted at the same time', async () => {
    const id = await failedRun();
    expect((await retry(id)).status).toBe(200); // after the key's deletion had been decided
    await studio.keys.forget(await keyOf(id));
    const { status, body } = await ada.call('POST', `/executions/${id}/forget`);
    expect([status, body.status]).toEqual([200, 'cancelled']);
    expect((await factsOf(id)).at(-1)).toMatchObject({
      type: 'DataErased',
      data: { cancelled: true },
    });
  });

  it('lets one of many retries at the same time through', async () => {
    const id = await failedRun();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => retry(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });
});

describe('POST /executions/{id}/nodes/{node}/resolve', () => {
  const inDoubt = async (): Promise<string> => {
    const { id } = await start(await save({ nodes: [node('a', 'http-request')] }));
    const effect = { instanceId: 'a', epoch: 1, effect: 'unsafe', idempotencyKey: 'k' } as const;
    await asExecutor(id, { type: 'StartNode', data: { ...effect, input: {} } });
    const recovery = { instanceId: 'a', epoch: 2, now: systemClock() };
    await asExecutor(id, { type: 'RecoverNode', data: recovery });
    return id;
  };

  it.each([
    [{ action: 'outcome', output: { paid: true } }, 'NodeCompleted', 'completed'],
    [{ action: 'fail', message: 'no' }, 'NodeFailed', 'failed'],
    [{ action: 'retry' }, 'NodeRetryScheduled', 'running'],
  ])('settles a doubt by %j', async (resolution, fact, runStatus) => {
    const id = await inDoubt();
    const { status, body } = await ada.call(
      'POST',
      `/executions/${id}/nodes/a/resolve`,
      resolution,
    );
    expect([status, body.node_id, body.status]).toEqual([200, 'a', runStatus]);
    expect((await factsOf(id)).map(({ type }) => type)).toContain(fact);
    const again = await ada.call('POST', `/executions/${id}/nodes/a/resolve`, resolution);
    expect([again.status, again.body.code]).toEqual([400, 'node.not_in_doubt']);
  });

  it('refuses an unknown node and an unknown action', async () => {
    const id = await inDoubt();
    const absent = await ada.call('POST', `/executions/${id}/nodes/z/resolve`, { action: 'retry' });
    expect([absent.status, absent.body.code]).toEqual([404, 'node.not_found']);
    const odd = await ada.call('POST', `/executions/${id}/nodes/a/resolve`, { action: 'pray' });
    expect([odd.status, odd.body.detail[0].loc]).toEqual([422, ['body', 'action']]);
  });
});

describe('POST /executions/{id}/forget', () => {
  it('erases what an ended run held, for ever and once', async () => {
    const { id } = await start(await save(chain), { name: 'Ada Lovelace' });
    const early = await ada.call('POST', `/executions/${id}/forget`);
    expect([early.status, early.body.code]).toEqual([400, 'execution.not_ended']);
    expect(JSON.stringify((await factsOf(id)).map(({ data }) => data))).toContain('Ada Lovelace');
    await ada.call('POST', `/executions/${id}/cancel`);
    for (let tries = 0; tries < 2; tries += 1) {
      const { status, body } = await ada.call('POST', `/executions/${id}/forget`);
      expect([status, body.message]).toEqual([200, 'Execution data erased']);
    }
    const facts = await factsOf(id);
    expect(JSON.stringify(facts.map(({ data }) => data))).not.toContain('Ada Lovelace');
    expect(facts.filter(({ type }) => type === 'DataErased')).toHaveLength(1);
  });

  it('is not taken in by a payload that looks erased', async () => {
    const workflowId = await save(chain);
    const { id } = await start(workflowId, { $erased: { key: 'of nobody' } });
    const early = await ada.call('POST', `/executions/${id}/forget`);
    expect([early.status, early.body.code]).toEqual([400, 'execution.not_ended']);
    expect((await studio.keys.get([await keyOf(id)])).get(await keyOf(id))).not.toBeNull();
    await asExecutor(id, { type: 'SettleRun', data: {} });
    const error = { code: 'expression.failed', message: 'no', transient: false };
    await asExecutor(id, { type: 'FailPureNode', data: { instanceId: 'b', error } });
    expect((await ada.call('POST', `/executions/${id}/retry`)).status).toBe(200);
  });
});
