import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';

let studio: StudioProcess;
let server: CountingServer;
let person: Person;

beforeAll(async () => {
  server = await startCountingServer();
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
});
afterAll(async () => {
  await studio.remove();
  await server.close();
});

const post = (id: string) =>
  canvasNode(id, 'http-request', { method: 'POST', url: `${server.url}/${id}` });
const after = canvasNode('after', 'transform', { expression: 'input' });
const asking = (id: string) => ({
  ...chain(post(id), after),
  settings: { onExhausted: 'pause' },
});

/** The run once it waits for what is expected. */
const waiting = async (id: string, reason: string) => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const { body } = await person.call('GET', `/executions/${id}`);
    if (body.waiting_reason === reason) return body;
    if (performance.now() > deadline) throw new Error(`never waits: ${JSON.stringify(body)}`);
    await sleep(25);
  }
};
const say = (id: string, node: string, word: 'resolve' | 'skip', body: object = {}) =>
  person.call('POST', `/executions/${id}/nodes/${node}/${word}`, body);
const typesOf = async (id: string): Promise<string[]> => {
  const { body } = await person.call('GET', `/executions/${id}/events?limit=1000`);
  return body.items.map(({ type }: { type: string }) => type);
};
const keysAt = (path: string) =>
  server.arrivals().flatMap((each) => (each.path === `/${path}` ? [each.idempotencyKey] : []));

describe('a node that fails where the workflow asks for a person', () => {
  it('is held, also over a kill -9, until a person has it begin anew', async () => {
    server.behave('/pay', (n) => (n === 0 ? { status: 402 } : {}));
    const id = await start(person, await save(person, asking('pay')));
    expect(await waiting(id, 'held')).toMatchObject({ status: 'running', failed_nodes: 0 });
    await studio.kill();
    await studio.start();
    const { node_executions } = await waiting(id, 'held');
    expect(node_executions[0]).toMatchObject({
      ...{ status: 'held', completed_at: null, error_details: { code: 'http.status' } },
    });
    expect((await say(id, 'pay', 'resolve', { action: 'retry' })).status).toBe(200);
    expect(await ended(person, id)).toMatchObject({ status: 'completed', failed_nodes: 0 });
    expect(new Set(keysAt('pay')).size).toBe(2);
    expect(await typesOf(id)).toContain('NodeReopened');
  });

  it('lets the run fail of what it failed of, if a person says so', async () => {
    server.behave('/no', { status: 402 });
    const id = await start(person, await save(person, asking('no')));
    await waiting(id, 'held');
    await say(id, 'no', 'resolve', { action: 'fail' });
    expect(await ended(person, id)).toMatchObject({
      ...{ status: 'failed', failed_nodes: 1 },
      error_details: { code: 'http.status', instance_id: 'no' },
    });
  });

  it('goes by its error output instead, unless it asks for a person itself', async () => {
    server.behave('/own', { status: 402 });
    const nodes = [post('own'), after];
    const connections = [{ source: 'own', target: 'after', sourceHandle: 'error' }];
    const settings = { onExhausted: 'pause' };
    const id = await start(person, await save(person, { nodes, connections, settings }));
    expect((await ended(person, id)).status).toBe('completed');
    const own = post('own');
    const asks = { ...own, data: { ...own.data, onExhausted: 'pause' } };
    const other = await start(person, await save(person, { nodes: [asks, after], connections }));
    await waiting(other, 'held');
    await say(other, 'own', 'resolve', { action: 'fail' });
    expect((await ended(person, other)).status).toBe('completed');
  });
});

describe('a node that a person skips', () => {
  it('gives way to what they say, once', async () => {
    server.behave('/gone', { status: 410 });
    const id = await start(person, await save(person, asking('gone')));
    await waiting(id, 'held');
    const output = { sent: false };
    const skipped = await say(id, 'gone', 'skip', { output, reason: 'The other side is gone' });
    expect(skipped).toMatchObject({
      status: 200,
      body: { message: 'Node skipped successfully', node_id: 'gone' },
    });
    const run = await ended(person, id);
    expect(run).toMatchObject({ status: 'completed', output_data: output, failed_nodes: 0 });
    expect(run.node_executions[0]).toMatchObject({ status: 'skipped', output_data: output });
    const lines = run.execution_log.map(({ message }: { message: string }) => message);
    expect(lines).toContain('gone skipped by a person: The other side is gone');
    expect(keysAt('gone')).toHaveLength(1);
    const again = await say(id, 'gone', 'skip');
    expect([again.status, await typesOf(id)]).toEqual([
      200,
      expect.not.arrayContaining(['NodeReopened']),
    ]);
  });

  it('may be in doubt, or wait to be tried again', async () => {
    server.behave('/cut', { cut: true });
    const doubted = await start(person, await save(person, chain(post('cut'), after)));
    await waiting(doubted, 'in_doubt');
    expect((await say(doubted, 'cut', 'skip')).status).toBe(200);
    expect(await ended(person, doubted)).toMatchObject({ status: 'completed', output_data: null });

    server.behave('/later', { status: 503 });
    const get = canvasNode('later', 'http-request', { url: `${server.url}/later` });
    const seldom = { ...get.data, retry: { maxRetries: 1, delaysMs: [3_600_000] } };
    const waits = await start(person, await save(person, chain({ ...get, data: seldom }, after)));
    await waiting(waits, 'timer');
    expect((await say(waits, 'later', 'skip', { output: 7 })).status).toBe(200);
    expect(await ended(person, waits)).toMatchObject({ status: 'completed', output_data: 7 });
    expect(await typesOf(waits)).toContain('TimerCancelled');
  });

  it('is refused with what is wrong, and nothing is stored', async () => {
    const id = await start(
      person,
      await save(person, chain(canvasNode('wait', 'delay', { durationMs: 3_600_000 }))),
    );
    await waiting(id, 'timer');
    const before = await typesOf(id);
    expect(await say(id, 'wait', 'skip')).toMatchObject({
      ...{ status: 400, body: { code: 'node.not_skippable' } },
    });
    expect(await say(id, 'nobody', 'skip')).toMatchObject({ status: 404 });
    expect(await say(id, 'wait', 'skip', { handle: 7 })).toMatchObject({ status: 422 });
    expect(await typesOf(id)).toEqual(before);
  });
});

it('undoes what a cancelled run has done, also over a kill -9', async () => {
  const book = post('book');
  const compensation = {
    kind: 'http-request',
    config: { method: 'POST', url: `${server.url}/unbook`, idempotent: true },
  };
  const undone = { ...book, data: { ...book.data, compensation } };
  const wait = canvasNode('wait', 'delay', { durationMs: 3_600_000 });
  const id = await start(person, await save(person, chain(undone, wait)));
  await waiting(id, 'timer');
  await studio.kill();
  await studio.start();
  const cancelled = await person.call('POST', `/executions/${id}/cancel`);
  expect([cancelled.status, cancelled.body.message]).toEqual([
    200,
    'Execution is cancelled once what it did is undone',
  ]);
  expect(await ended(person, id)).toMatchObject({ status: 'cancelled', compensation: 'complete' });
  expect([keysAt('book').length, keysAt('unbook').length]).toEqual([1, 1]);
  const { body } = await person.call('GET', `/executions/${id}/logs`);
  const said = body.map(({ message }: { message: string }) => message);
  expect(said).toContain('Undo book completed');
});
