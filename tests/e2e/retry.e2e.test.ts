import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  createDigestFile,
  type DigestFile,
  notedDigests,
  unlikeReplays,
} from '../crash/digests.ts';
import { factsOf, verifyLog } from '../crash/proof.ts';
import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';

const entry = fileURLToPath(new URL('../crash/endingStudio.ts', import.meta.url));

let studio: StudioProcess;
let server: CountingServer;
let digests: DigestFile;
let person: Person;

beforeAll(async () => {
  server = await startCountingServer();
  digests = await createDigestFile();
  studio = await createStudio({ ownPostgres: true, entry, env: { DIGESTS: digests.path } });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
});
afterAll(async () => {
  await studio.remove();
  await server.close();
  await digests.remove();
});

const request = (id: string, config: object = {}) =>
  canvasNode(id, 'http-request', { url: `${server.url}/${id}`, ...config });
const arrivals = (id: string) => server.arrivals().filter(({ path }) => path === `/${id}`);
const eventually = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 120_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it never came to be');
    await sleep(25);
  }
};
const read = async (id: string, what = '') =>
  (await person.call('GET', `/executions/${id}${what}`)).body;
const retry = (id: string) => person.call('POST', `/executions/${id}/retry`);

describe('a run that failed and is retried', () => {
  it('goes on across a kill -9, and pays for nothing twice that it had', async () => {
    server.behave('/charge', (n) => (n === 0 ? { status: 402 } : {}));
    server.behave('/slow', (n) => (n === 0 ? { hang: true } : {}));
    const nodes = [
      ...[request('paid'), canvasNode('ask', 'claude-agent', { prompt: 'Hello' })],
      ...[request('charge', { method: 'POST' }), request('slow'), canvasNode('end', 'noop')],
    ];
    const id = await start(person, await save(person, chain(...nodes)));
    expect(await ended(person, id)).toMatchObject({
      ...{ status: 'failed', retry_count: 0, completed_nodes: 2, failed_nodes: 1 },
      error_details: { code: 'http.status' },
    });

    expect((await retry(id)).body).toEqual({
      ...{ success: true, message: 'Execution retry initiated' },
      ...{ execution_id: id, status: 'pending' },
    });
    await eventually(() => arrivals('slow').length === 1);
    await eventually(async () => (await read(id)).completed_nodes === 3);
    expect(await read(id)).toMatchObject({
      ...{ status: 'running', retry_count: 1, completed_nodes: 3, failed_nodes: 0 },
      ...{ completed_at: null, error_message: null, error_details: {} },
    });
    await studio.kill();
    await studio.start();

    const run = await ended(person, id);
    expect(run).toMatchObject({
      ...{ status: 'completed', retry_count: 1, completed_nodes: 5, failed_nodes: 0 },
      ...{ progress_percentage: 100, error_message: null, error_details: {} },
    });
    const byNode = new Map(
      run.node_executions.map((node: { node_id: string }) => [node.node_id, node]),
    );
    expect(byNode.get('charge')).toMatchObject({
      ...{ status: 'completed', attempt: 2, retry_count: 1, error_message: null },
    });
    expect(['paid', 'charge', 'slow'].map((node) => arrivals(node).length)).toEqual([1, 2, 2]);
    expect(new Set(arrivals('charge').map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    const facts = await factsOf(person, id);
    expect(facts.filter(({ type }) => type === 'ModelTurnCompleted')).toHaveLength(1);
    const messages = run.execution_log.map(({ message }: { message: string }) => message);
    expect(messages).toEqual(expect.arrayContaining(['Execution retry #1', 'Execution completed']));
    const failedAt = facts.findIndex(({ type }) => type === 'WorkflowFailed');
    expect(await read(id, `/replay?at=${failedAt}`)).toMatchObject({
      ...{ status: 'failed', retry_count: 0, nodes: { charge: { status: 'failed' } } },
    });
    expect(await read(id, `/replay?at=${failedAt + 1}`)).toMatchObject({
      ...{ status: 'running', retry_count: 1, failure: null },
      nodes: { paid: { status: 'completed' }, charge: { status: 'reopened' } },
    });
  });

  it('never repeats by itself what nobody knows the outcome of', async () => {
    server.behave('/transfer', { cut: true });
    const transfer = request('transfer', { method: 'POST' });
    const graph = chain({ ...transfer, data: { ...transfer.data, onInDoubt: 'fail' } } as never); // the canvas takes it
    const id = await start(person, await save(person, graph));
    expect(await ended(person, id)).toMatchObject({
      ...{ status: 'failed', failed_nodes: 1, error_details: { code: 'node.outcome_unknown' } },
    });
    expect((await retry(id)).status).toBe(200);
    expect(await read(id)).toMatchObject({
      ...{ status: 'running', failed_nodes: 0, node_executions: [{ status: 'in_doubt' }] },
    });
    await studio.kill();
    await studio.start();
    const settled = await person.call('POST', `/executions/${id}/nodes/transfer/resolve`, {
      ...{ action: 'outcome', output: { transferred: true } },
    });
    expect(settled.status).toBe(200);
    const run = await ended(person, id);
    expect([run.status, run.output_data]).toEqual(['completed', { transferred: true }]);
    expect(arrivals('transfer')).toHaveLength(1);
  });

  it('is listed and counted where it stands', async () => {
    const wrong = canvasNode('never', 'transform', { expression: '$error("never")' });
    const workflowId = await save(person, chain(wrong));
    const path = `/workflows/${workflowId}/executions`;
    const { body } = await person.call('POST', path, { max_retries: 1 });
    await ended(person, body.id);
    const countOf = async (status: string): Promise<number> =>
      (await person.call('GET', `/executions?status=${status}`)).body.total;
    const before = [await countOf('failed'), await countOf('running'), await countOf('pending')];
    await retry(body.id);
    await eventually(async () => (await read(body.id)).status === 'failed');
    expect([await countOf('failed'), await countOf('running'), await countOf('pending')]).toEqual(
      before,
    );
    expect(await read(body.id)).toMatchObject({ retry_count: 1, max_retries: 1, failed_nodes: 1 });
    expect((await retry(body.id)).body).toMatchObject({
      ...{ status: 400, code: 'execution.not_retryable' },
      detail: 'Execution cannot be retried (not failed or max retries reached)',
    });
  });

  it('had, at every fact, the very state that a replay of it has', async () => {
    const noted = await notedDigests(digests.path);
    expect(new Set(noted.map(({ executionId }) => executionId)).size).toBe(3);
    expect(await unlikeReplays(person, noted)).toEqual([]);
    expect(await verifyLog(studio.logAddress())).toBeGreaterThan(noted.length / 2);
  });
});
