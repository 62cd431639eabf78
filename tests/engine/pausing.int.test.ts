import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ExecutionId, HttpRequest } from '@studio/contracts';
import { shownStatus } from '@studio/domain';

import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

/** The world answers a request when the test lets it. */
const calls: string[] = [];
const answers = new Map<string, PromiseWithResolvers<undefined>>();
const answerTo = (path: string) => {
  const known = answers.get(path) ?? Promise.withResolvers<undefined>();
  answers.set(path, known);
  return known;
};
const http = {
  request: async ({ url }: HttpRequest) => {
    const { pathname } = new URL(url);
    calls.push(pathname);
    await answerTo(pathname).promise;
    return { status: 200, headers: {}, body: { pathname } };
  },
};
const get = (id: string, path: string) => aNode(id, 'http-request', { url: `http://x${path}` });

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ http });
});
afterAll(() => engine.stop());

const pause = (id: ExecutionId) =>
  engine.order(id, { type: 'PauseWorkflow', data: { reason: null } });
const resume = (id: ExecutionId) => engine.order(id, { type: 'ResumeWorkflow', data: {} });
const level = async () => engine.executor().level(await engine.log.lastPosition());

it('records what was under way, and begins the next node when it goes on', async () => {
  const id = await engine.start(aChain([get('a', '/1/a'), get('b', '/1/b')]));
  await engine.until(id, () => calls.includes('/1/a'));
  await pause(id);
  answerTo('/1/a').resolve(undefined);
  const state = await engine.until(id, (run) => run.instances.get('a')?.status === 'completed');
  expect(shownStatus(state)).toBe('paused');
  await engine.restart();
  await level();
  expect(calls).not.toContain('/1/b');
  answerTo('/1/b').resolve(undefined);
  await resume(id);
  expect((await engine.ended(id)).status).toBe('completed');
  expect(calls.filter((path) => path.startsWith('/1/'))).toEqual(['/1/a', '/1/b']);
});

it('fires a timer once that came due meanwhile, and goes on from it later', async () => {
  const id = await engine.start({
    nodes: [aNode('wait', 'delay', { durationMs: 1_500 }), get('after', '/2/after')],
    connections: [anEdge('wait', 'after')],
  });
  await engine.until(id, (run) => run.instances.get('wait')?.status === 'waiting');
  await pause(id);
  await engine.restart();
  const state = await engine.until(id, (run) => run.instances.get('wait')?.status === 'fired');
  expect(shownStatus(state)).toBe('paused');
  answerTo('/2/after').resolve(undefined);
  await resume(id);
  expect((await engine.ended(id)).status).toBe('completed');
  const types = (await engine.facts(id)).map(({ type }) => type);
  expect(types.filter((type) => type === 'TimerFired')).toHaveLength(1);
  expect(types.indexOf('NodeCompleted')).toBeGreaterThan(types.indexOf('WorkflowResumed'));
});

it('takes an attempt up again that a crash broke off, once it goes on', async () => {
  const id = await engine.start(aChain([get('a', '/3/a')]));
  await engine.until(id, () => calls.includes('/3/a'));
  await pause(id);
  await level();
  await engine.restart();
  await level();
  answerTo('/3/a').resolve(undefined);
  expect((await engine.run(id)).instances.get('a')).toMatchObject({ attempt: 1 });
  await resume(id);
  expect((await engine.ended(id)).status).toBe('completed');
});
