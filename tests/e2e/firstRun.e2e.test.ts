import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, dataOf } from '@studio/contracts/client';

import { verifyLog } from '../crash/proof.ts';
import { type AnthropicServer, startAnthropicServer } from '../fixtures/anthropicServer.ts';
import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { type Body, listen, type Listener } from '../fixtures/listener.ts';
import {
  type Answer,
  call,
  createStudio,
  newestCode,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { canvasNode, chain, edge, ended, save, start } from './canvas.ts';
import { filesHolding, tablesHolding } from './traces.ts';

const apiKey = 'sk-ant-of-this-test';
let studio: StudioProcess;
let server: CountingServer;
let anthropic: AnthropicServer;
let person: Person;
let workflowId: string;
let runId: string;
let live: Listener;

/** begin → score → large? → ask → tell → join, and large? → short → join. */
const reviewWorkflow = (address: string) => ({
  ...{ name: 'Review', description: 'From a trigger to an answer', tags: ['First', 'first run '] },
  nodes: [
    canvasNode('begin', 'manual-trigger'),
    canvasNode('score', 'transform', { expression: '{"score": trigger.n * 2}' }),
    canvasNode('large?', 'condition', { expression: 'input.score > 40' }),
    canvasNode('ask', 'claude-agent', {
      ...{ prompt: 'Judge {{nodes.score.score}}', systemPrompt: 'Be kind.', maxTokens: 64 },
      retry: { maxRetries: 2, delaysMs: [50] },
    }),
    canvasNode('tell', 'http-request', {
      url: `${address}/tell`,
      method: 'POST',
      body: { verdict: '{{input.response}}' },
    }),
    canvasNode('short', 'noop'),
    canvasNode('join', 'merge', { mode: 'all' }),
  ],
  connections: [
    edge('begin', 'score'),
    edge('score', 'large?'),
    edge('large?', 'ask', 'true'),
    edge('ask', 'tell'),
    edge('tell', 'join'),
    edge('large?', 'short', 'false'),
    edge('short', 'join'),
  ],
});

const socket = (path: string): Listener =>
  listen(`${studio.origin().replace('http', 'ws')}/api/v1${path}`, ['bearer', person.token]);
const isFact = ({ type }: Body): boolean => type === 'fact';
const isEnd = (message: Body): boolean =>
  isFact(message) && (message['event'] as Body).type === 'WorkflowCompleted'; // of a fact message
/** What a socket tells of a run: everything but its own business. */
const story = ({ messages }: Listener): Body[] =>
  messages.filter(({ type }) => type !== 'connection' && type !== 'subscription');
const get = async (path: string): Promise<Answer['body']> => {
  const { status, body } = await person.call('GET', path);
  expect(status).toBe(200);
  return body;
};

beforeAll(async () => {
  server = await startCountingServer();
  server.behave('/tell', { delayMs: 150, body: { heard: true } });
  anthropic = await startAnthropicServer();
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
});
afterAll(async () => {
  live.socket.close();
  await studio.remove();
  await server.close();
  await anthropic.close();
});

describe('a first run', () => {
  it('begins with a code out of the outbox', async () => {
    const anyone = createClient({ origin: studio.origin() });
    const asked = await dataOf(
      anyone.POST('/api/v1/auth/request-otp', { body: { email: ' Ada@Example.org ' } }),
    );
    expect(asked).toEqual({ success: true, message: 'OTP sent to email', expires_in: 300 });
    const body = { email: 'ada@example.org', code: await newestCode(studio.dataDir) };
    const tokens = await dataOf(anyone.POST('/api/v1/auth/verify-otp', { body }));
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 900 });
    const { error, response } = await anyone.POST('/api/v1/auth/verify-otp', { body });
    expect([response.status, error?.detail]).toEqual([401, 'Invalid or expired OTP code']);
    person = await signIn(studio, 'ada@example.org');
    const me = await dataOf(person.client.GET('/api/v1/auth/me'));
    expect(me.email).toBe('ada@example.org');
  });

  it('saves a workflow', async () => {
    const asked = reviewWorkflow(server.url);
    const { client } = person;
    const made = client.POST('/api/v1/workflows', { body: asked });
    const { warnings, ...view } = await dataOf(made);
    const { status, headers } = (await made).response;
    workflowId = view.id;
    expect(warnings).toEqual([]);
    expect(view).toMatchObject({ version: 1, status: 'draft', tags: ['first', 'first run'] });
    expect(view).toMatchObject({ nodes: asked.nodes, connections: asked.connections });
    expect([status, headers.get('location')]).toEqual([201, `/api/v1/workflows/${workflowId}`]);
    const params = { path: { workflow_id: workflowId } };
    const read = await dataOf(client.GET('/api/v1/workflows/{workflow_id}', { params }));
    expect(read).toEqual(view);
    const query = { query: 'review', tags: ['first'] };
    const found = await dataOf(client.GET('/api/v1/workflows', { params: { query } }));
    expect(found).toMatchObject({ items: [view], total: 1, limit: 10, offset: 0 });
  });

  it('is told live, in the order of the contract', async () => {
    live = socket('/ws');
    await live.opened;
    live.send({ type: 'subscribe', room_id: `workflow:${workflowId}` });
    await live.until(({ room_id: room }) => room === `workflow:${workflowId}`);
    runId = await start(person, workflowId, { n: 21 });
    await live.until(isEnd);
    const told = story(live).flatMap(({ type, data }) => {
      if (type === 'fact') return [];
      const about = type === 'node_update' ? data['node_id'] : 'run';
      const progress =
        type === 'node_update' ? [] : [Math.floor(Number(data['progress_percentage']))];
      return [[about, data['status'], ...progress].join(' ')];
    });
    const step = (node: string, percentage: number) => [
      ...[`${node} running`, `${node} completed`, `run running ${percentage}`],
    ];
    const skipped = told.indexOf('short skipped');
    expect(skipped).toBeGreaterThan(told.indexOf('large? completed'));
    expect(told.toSpliced(skipped, 1)).toEqual([
      'run running 0',
      ...step('begin', 14),
      ...step('score', 28),
      ...step('large?', 42),
      ...step('ask', 57),
      ...step('tell', 71),
      ...step('join', 85),
      'run completed 100',
    ]);
  });

  it('puts a fact last of what it causes, and a position on nothing else', () => {
    let updates: Body[] = [];
    const revisions: number[] = [];
    for (const message of story(live)) {
      if (!isFact(message)) {
        expect(message).not.toHaveProperty('position');
        updates.push(message);
        continue;
      }
      const { metadata, data } = message['event'] as Body & { metadata: Body }; // of a fact message
      for (const update of updates) {
        expect(update['timestamp']).toBe(metadata['occurredAt']);
        if (update.type === 'node_update')
          expect(update.data['instance_id']).toBe(data['instanceId']);
      }
      updates = [];
      revisions.push(message.revision);
    }
    expect(updates).toEqual([]);
    expect(revisions.length).toBeGreaterThan(9);
    expect(revisions).toEqual(revisions.map((_, index) => index));
  });

  it('is told the same to who comes later, from any position on', async () => {
    const whole = story(live);
    const facts = whole.filter(isFact);
    const before = String(facts[0]?.position).replace(/\d+$/, (digits) => `${BigInt(digits) - 1n}`);
    for (const [index, after] of [before, ...facts.map(({ position }) => position)].entries()) {
      const late = socket(`/ws/executions/${runId}?after=${after}`);
      const rest = whole.slice(index === 0 ? 0 : whole.indexOf(facts[index - 1] as Body) + 1);
      if (rest.length > 0) await late.until(isEnd);
      expect(story(late)).toEqual(rest);
      late.socket.close();
    }
  });

  it('did what was asked of it, once', async () => {
    const run = await ended(person, runId);
    const verdict = expect.stringContaining('[simulated] No model was called');
    expect(run).toMatchObject({
      ...{ id: runId, status: 'completed', workflow_name: 'Review', workflow_version: 1 },
      ...{ total_nodes: 7, completed_nodes: 6, failed_nodes: 0, progress_percentage: 100 },
      ...{ trigger_data: { n: 21 }, error_message: null, erased: false },
      output_data: { tell: { status: 200, body: { heard: true } } },
    });
    const nodes = await get(`/executions/${runId}/nodes`);
    expect(run.node_executions).toEqual(nodes);
    const stands = nodes.map((node: Body) => [node['node_id'], node['status']]);
    expect(Object.fromEntries(stands)).toEqual({
      ...{ begin: 'completed', score: 'completed', 'large?': 'completed', ask: 'completed' },
      ...{ tell: 'completed', short: 'skipped', join: 'completed' },
    });
    const of = (id: string) => nodes.find((node: Body) => node['node_id'] === id);
    expect(of('score').output_data).toEqual({ score: 42 });
    expect(of('ask')).toMatchObject({ simulated: true, agent_response: verdict, cost_usd: 0 });
    expect(of('ask').input_data).toMatchObject({ prompt: 'Judge 42' });
    expect(server.arrivals().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /tell',
    ]);
    const query = { workflow_id: workflowId, status: 'completed' };
    const list = person.client.GET('/api/v1/executions', { params: { query } });
    const { items, total } = await dataOf(list);
    expect([items[0]?.id, total]).toEqual([runId, 1]);
  });

  it('is its facts: each replay is another state, and the last is how it stands now', async () => {
    const ofRun = { path: { execution_id: runId }, query: { limit: 1_000 } };
    const facts = person.client.GET('/api/v1/executions/{execution_id}/events', { params: ofRun });
    const { items, total } = await dataOf(facts);
    expect(items).toHaveLength(total);
    expect(items).toEqual(
      story(live)
        .filter(isFact)
        .map((message) => message['event']),
    );
    const paged = [];
    for (let from = 0; from < total; from += 3)
      paged.push(...(await get(`/executions/${runId}/events?from=${from}&limit=3`)).items);
    expect(paged).toEqual(items);
    const replays = [];
    for (let at = 0; at < total; at += 1)
      replays.push(await get(`/executions/${runId}/replay?at=${at}`));
    expect(new Set(replays.map(({ digest }) => digest)).size).toBe(total);
    expect(replays[0]).toMatchObject({ status: 'pending', nodes: {} });
    const now = await get(`/executions/${runId}/replay`);
    const run = await ended(person, runId);
    expect(replays.at(-1)).toEqual(now);
    expect([now.status, now.output]).toEqual([run.status, run.output_data]);
    for (const node of run.node_executions)
      expect([node.node_id, now.nodes[node.instance_id].status]).toEqual([
        ...[node.node_id, node.status],
      ]);
  });

  it('shows its kinds and its health to anyone', async () => {
    const ask = (path: string) => call(studio.origin(), 'GET', path);
    const { body: kinds } = await ask('/node-kinds');
    const names = kinds.map(({ kind }: { kind: string }) => kind);
    for (const { data } of reviewWorkflow('').nodes) expect(names).toContain(data.kind);
    for (const { config } of kinds) expect(config).toMatchObject({ type: 'object' });
    const health = await ask('/../../health');
    expect([health.status, health.body.status]).toEqual([200, 'healthy']);
    const ready = await ask('/../../health/ready');
    expect([ready.status, ready.body]).toEqual([
      200,
      {
        status: 'ready',
        dependencies: { database: 'ok', event_log: 'ok', projections: 'ok' },
      },
    ]);
    expect((await ask('/../..')).body.message).toMatch(/API/);
  });
});

it('loses nothing of a run whose listener breaks off again and again', async () => {
  server.behave('/slow', { delayMs: 15 });
  const steps = Array.from({ length: 25 }, (_, index) =>
    canvasNode(`step${index}`, 'http-request', { url: `${server.url}/slow` }),
  );
  const id = await start(person, await save(person, chain(...steps)));
  const { items } = await get(`/executions/${id}/events?limit=1`);
  const seen: Body[] = [items[0]];
  let breaks = 0;
  for (let over = false; !over;) {
    const listener = socket(`/ws/executions/${id}?after=${seen.at(-1)?.position ?? ''}`);
    const enough = (seen.at(-1)?.revision ?? 0) + 4;
    const last = await listener.until(
      (message) => isEnd(message) || (isFact(message) && message.revision >= enough),
    );
    listener.socket.terminate();
    // However much came at once, it heard no more than that.
    const heard = listener.messages.slice(0, listener.messages.indexOf(last) + 1);
    seen.push(...heard.filter(isFact));
    over = isEnd(last);
    breaks += 1;
  }
  expect(seen.map(({ revision }) => revision)).toEqual(seen.map((_, index) => index));
  expect(breaks).toBeGreaterThan(5);
});

describe('with a key for the models', () => {
  it('asks the model by the real library, again after a failure that passes', async () => {
    const digest = (await get(`/executions/${runId}/replay`)).digest;
    await studio.stop();
    await studio.start({ ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: anthropic.url });
    expect(studio.output()).toMatch(/models\s+Anthropic/);
    expect((await get(`/executions/${runId}/replay`)).digest).toBe(digest);
    anthropic.script(
      { status: 529, error: { type: 'overloaded_error', message: 'Overloaded' } },
      { content: [{ type: 'text', text: 'It is fine.' }], inputTokens: 12, outputTokens: 4 },
    );
    const run = await ended(person, await start(person, workflowId, { n: 21 }));
    expect(run.status).toBe('completed');
    const ask = run.node_executions.find((node: Body) => node['node_id'] === 'ask');
    expect(ask).toMatchObject({
      ...{ status: 'completed', simulated: false, tokens_used: 16, retry_count: 1, attempt: 2 },
      ...{ agent_response: 'It is fine.', model_used: anthropic.asked[0]?.body['model'] },
    });
    expect(ask.cost_usd).toBeGreaterThan(0);
    expect(anthropic.asked).toHaveLength(2);
    expect(JSON.stringify(anthropic.asked[1]?.headers)).toContain(apiKey);
    expect(anthropic.asked[1]).toMatchObject({
      path: '/v1/messages',
      body: {
        ...{ system: 'Be kind.', max_tokens: 64 },
        messages: [{ role: 'user', content: 'Judge 42' }],
      },
    });
  });

  it('fails the run when the model refuses for good, and says why', async () => {
    const error = { type: 'invalid_request_error', message: 'max_tokens: too many' };
    anthropic.script({ status: 400, error });
    const run = await ended(person, await start(person, workflowId, { n: 21 }));
    expect([run.status, run.error_details]).toEqual([
      'failed',
      { code: 'model.failed', instance_id: 'ask' },
    ]);
    expect(run.error_message).toContain('too many');
    expect(anthropic.asked).toHaveLength(3);
  });

  it('asks no model where the other branch is taken', async () => {
    const run = await ended(person, await start(person, workflowId, { n: 1 }));
    expect([run.status, run.completed_nodes]).toEqual(['completed', 5]);
    expect(anthropic.asked).toHaveLength(3);
  });

  it('keeps the key to itself', async () => {
    const forms = [Buffer.from(apiKey)];
    expect(await filesHolding(studio.dataDir, forms)).toEqual([]);
    expect((await tablesHolding(studio.databaseUrl(), forms)).holding).toEqual([]);
    expect(studio.output()).not.toContain(apiKey);
    expect(await verifyLog(studio.logAddress())).toBeGreaterThan(50);
  });
});
