import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ExecutionId, type HttpRequest, plusMs, StudioError } from '@studio/contracts';
import { isOver } from '@studio/domain';
import { systemClock } from '@studio/infra';

import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

const calls: HttpRequest[] = [];
/** `/hang` answers never, and `/slow-once` not the first time; called off, they say so. */
const http = {
  request: async (request: HttpRequest) => {
    calls.push(request);
    const path = new URL(request.url).pathname;
    const isFirst = calls.filter(({ url }) => url === request.url).length === 1;
    if (path === '/hang' || (path === '/slow-once' && isFirst))
      await new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => {
          reject(new StudioError('cancelled', 'effect.cancelled', 'called off'));
        });
      });
    return { status: 200, headers: {}, body: { path } };
  },
};

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ http });
});
afterAll(() => engine.stop());

const calling = (path: string, config: object = {}, more: object = {}) =>
  aNode('call', 'http-request', { url: `http://x${path}`, ...config }, more);
const ofType = async (id: ExecutionId, type: string) =>
  (await engine.facts(id)).filter((fact) => fact.type === type);
const quick = { maxRetries: 1, delaysMs: [5] };
const soon = (afterMs: number) => ({
  deadline: { afterMs, dueAt: plusMs(systemClock(), afterMs) },
});

it('calls off an attempt that takes too long, and tries it again as its policy says', async () => {
  const id = await engine.start(
    aChain([calling('/slow-once', {}, { timeoutMs: 30, retry: quick })]),
  );
  expect((await engine.ended(id)).status).toBe('completed');
  const failures = await ofType(id, 'NodeFailed');
  expect(failures.map(({ data }) => data)).toMatchObject([
    { error: { code: 'node.timeout', transient: true }, next: 'retry' },
  ]);
  expect(calls.find(({ url }) => url.endsWith('/slow-once'))?.signal.aborted).toBe(true);
});

it('goes on by the error output once no attempt is left', async () => {
  const id = await engine.start({
    nodes: [
      calling('/hang', {}, { timeoutMs: 20, retry: quick }),
      aNode('else', 'transform', { expression: 'input.error.code' }),
    ],
    connections: [anEdge('call', 'else', 'error')],
  });
  expect((await engine.ended(id)).output).toBe('node.timeout');
  expect(await ofType(id, 'NodeStarted')).toHaveLength(2);
});

it('puts an unsafe attempt that takes too long in doubt', async () => {
  const id = await engine.start(aChain([calling('/hang', { method: 'POST' }, { timeoutMs: 20 })]));
  await engine.until(id, ({ instances }) => instances.get('call')?.status === 'in_doubt');
  await engine.order(id, { type: 'CancelWorkflow', data: { reason: null } });
});

it('fails a run at its deadline, calls off what is under way, and gives it as long again', async () => {
  const made = () => calls.filter(({ url }) => url.endsWith('/hang?deadline'));
  const id = await engine.start(aChain([calling('/hang?deadline')]), {}, soon(3_000));
  await engine.until(id, () => made().length === 1);
  const run = await engine.ended(id);
  expect([run.status, run.failure?.error.code]).toEqual(['failed', 'run.deadline_exceeded']);
  await engine.until(id, () => made()[0]?.signal.aborted === true);
  const now = systemClock();
  await engine.order(id, { type: 'RetryWorkflow', data: { now } });
  const again = await engine.until(id, ({ retries }) => retries === 1);
  expect(again.deadline?.dueAt).toBe(plusMs(now, 3_000));
  await engine.until(id, ({ status, retries }) => status === 'failed' && retries === 1);
  expect(await ofType(id, 'WorkflowDeadlineExceeded')).toHaveLength(2);
});

it('fails a sleeping run at a deadline that passed while nobody was there, once', async () => {
  const wait = aNode('wait', 'delay', { durationMs: 3_600_000 });
  const id = await engine.start(aChain([wait]), {}, soon(500));
  await engine.until(id, (run) => run.instances.has('wait') || isOver(run));
  await engine.executor().level(await engine.log.lastPosition());
  await engine.executor().stop(0);
  await new Promise((resolve) => setTimeout(resolve, 600)); // the deadline passes with nobody there
  await engine.restart();
  const run = await engine.ended(id);
  expect(run.failure?.error.code).toBe('run.deadline_exceeded');
  expect(await ofType(id, 'WorkflowDeadlineExceeded')).toHaveLength(1);
});

it('forgets the deadline of a run that ended before', async () => {
  const id = await engine.start(aChain([aNode('a', 'noop')]), {}, soon(3_000));
  expect((await engine.ended(id)).status).toBe('completed');
  const other = await engine.start(aChain([aNode('w', 'delay', { durationMs: 3_200 })]));
  await engine.ended(other);
  expect(await ofType(id, 'WorkflowDeadlineExceeded')).toHaveLength(0);
  expect(engine.errors).toEqual([]);
});
