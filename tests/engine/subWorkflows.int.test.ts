import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ExecutionId, WorkflowId } from '@studio/contracts';
import type { Run } from '@studio/domain';
import { newId } from '@studio/infra';

import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

let engine: Engine;
let doubling: WorkflowId;
let failing: WorkflowId;
let waiting: WorkflowId;
beforeAll(async () => {
  engine = await startEngine();
  const doubled = aNode('double', 'transform', { expression: 'trigger.n * 2' });
  doubling = await engine.publish(aChain([aNode('pause', 'delay', { durationMs: 40 }), doubled]));
  const broken = aNode('no', 'transform', { expression: '$error("no")' });
  failing = await engine.publish(aChain([broken]));
  waiting = await engine.publish(aChain([aNode('wait', 'wait-for-event', { signal: 'go' })]));
});
afterAll(() => engine.stop());

const running = (workflowId: WorkflowId, config: object = {}, more: object = {}) =>
  aNode('child', 'sub-workflow', { workflowId, ...config }, more);
const childOf = ({ instances }: Run, instanceId = 'child'): ExecutionId | null => {
  const state = instances.get(instanceId);
  return state?.status === 'awaiting_child' ? state.childExecutionId : null;
};
const awaitedChild = async (id: ExecutionId): Promise<ExecutionId> => {
  const child = childOf(await engine.until(id, (run) => childOf(run) !== null));
  if (!child) throw new Error('it waits for a child');
  return child;
};
/** How many runs the whole log has that were started for the one given. */
const childrenOf = async (id: ExecutionId): Promise<number> => {
  const filter = { types: ['WorkflowStarted' as const] };
  const { events } = await engine.log.readAll({ after: 0n, filter, limit: 1_000 }, 'sealed');
  return events.filter(
    ({ type, data }) => type === 'WorkflowStarted' && data.parent?.executionId === id,
  ).length;
};

it('runs another workflow as an execution of its own and goes on with its output', async () => {
  const id = await engine.start(
    aChain([
      running(doubling, { input: { n: '{{ trigger.n + 1 }}' } }),
      aNode('say', 'transform', { expression: '"twice: " & input' }),
    ]),
    { n: 20 },
  );
  expect((await engine.ended(id)).output).toBe('twice: 42');
  const facts = await engine.facts(id);
  const started = facts.find(({ type }) => type === 'ChildStarted');
  expect(facts.map(({ type }) => type)).toEqual([
    ...['WorkflowStarted', 'NodeStarted', 'ChildStarted', 'NodeCompleted', 'ChildEnded'],
    ...['NodeCompleted', 'WorkflowCompleted'],
  ]);
  if (started?.type !== 'ChildStarted') throw new Error('it has a child');
  const child = await engine.run(started.data.childExecutionId as ExecutionId); // plain text in the log
  expect(child).toMatchObject({
    ...{ status: 'completed', output: 42, depth: 1, workflowId: doubling, trigger: { n: 21 } },
    parent: { executionId: id, nodeId: 'child', instanceId: 'child' },
  });
});

it('starts one for each iteration of a loop', async () => {
  const each = aNode('each', 'for-each', { items: [1, 2, 3, 4], window: 2 });
  const body = running(doubling, { input: { n: '{{ item }}' } }, { parent: 'each' });
  const id = await engine.start({ nodes: [each, body], connections: [] });
  expect((await engine.ended(id)).output).toEqual([2, 4, 6, 8]);
});

it('fails as its child does, and goes on by the error output where there is one', async () => {
  const alone = await engine.ended(await engine.start(aChain([running(failing)])));
  expect(alone.failure?.error).toMatchObject({ code: 'child.failed', transient: false });
  const handled = await engine.start({
    nodes: [running(failing), aNode('sorry', 'transform', { expression: 'input.error.code' })],
    connections: [anEdge('child', 'sorry', 'error')],
  });
  expect((await engine.ended(handled)).output).toBe('child.failed');
});

it('begins a failed child anew where it is told to, as another execution', async () => {
  const retry = { maxRetries: 1, delaysMs: [10] };
  const id = await engine.start(aChain([running(failing, { retryFailed: true }, { retry })]));
  await engine.ended(id);
  const children = (await engine.facts(id)).flatMap(({ type, data }) =>
    type === 'ChildStarted' ? [data.childExecutionId] : [],
  );
  expect(new Set(children).size).toBe(2);
});

it('waits while its child does, and fails when that is cancelled', async () => {
  const id = await engine.start(aChain([running(waiting)]));
  const child = await awaitedChild(id);
  await engine.restart();
  await engine.order(child, { type: 'CancelWorkflow', data: { reason: null } });
  expect((await engine.ended(id)).failure?.error.code).toBe('child.cancelled');
});

it('has its children cancelled when it is, down to the last', async () => {
  const between = await engine.publish(aChain([running(waiting)]));
  const id = await engine.start(aChain([running(between)]));
  const child = await awaitedChild(id);
  const grandchild = await awaitedChild(child);
  await engine.order(id, { type: 'CancelWorkflow', data: { reason: null } });
  await engine.restart();
  expect((await engine.ended(child)).status).toBe('cancelled');
  expect((await engine.ended(grandchild)).status).toBe('cancelled');
  expect((await engine.run(id)).instances.get('child')?.status).toBe('cancelled');
});

it('has its child cancelled when it goes back, and starts another one', async () => {
  const before = aNode('before', 'noop');
  const id = await engine.start(aChain([before, running(waiting)]));
  const child = await awaitedChild(id);
  const now = '2026-01-01T00:00:00.000Z';
  await engine.order(id, {
    type: 'RewindWorkflow',
    data: { nodeId: 'before', reason: null, now },
  });
  expect((await engine.ended(child)).status).toBe('cancelled');
  const other = childOf(await engine.until(id, (run) => ![null, child].includes(childOf(run))));
  if (!other) throw new Error('it waits for a child');
  const data = { signalId: 'go', name: 'go', payload: 7, sentBy: 'somebody' };
  await engine.order(other, { type: 'ReceiveSignal', data });
  expect((await engine.ended(id)).output).toBe(7);
  expect(await childrenOf(id)).toBe(2);
});

it('starts each child once through crashes', async () => {
  const ids = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((n) => engine.start(aChain([running(doubling)]), { n })),
  );
  for (let restarts = 0; restarts < 4; restarts += 1) await engine.restart();
  const runs = await Promise.all(ids.map((id) => engine.ended(id)));
  expect(runs.map(({ output }) => output)).toEqual([2, 4, 6, 8, 10, 12]);
  const started = await Promise.all(ids.map(async (id) => childrenOf(id)));
  expect(started).toEqual(ids.map(() => 1));
});

it('keeps families together that two executors share, and that one of them leaves', async () => {
  const other = await engine.another();
  await engine.restart({ alone: false });
  const each = aNode('each', 'for-each', { items: [1, 2, 3, 4, 5, 6], window: 6 });
  const body = running(waiting, {}, { parent: 'each' });
  const id = await engine.start({ nodes: [each, body], connections: [] });
  const places = [0, 1, 2, 3, 4, 5].map((index) => `child[${index}]`);
  const run = await engine.until(id, (now) => places.every((place) => childOf(now, place)));
  await engine.executor().stop(0);
  for (const place of places) {
    const data = { signalId: 'go', name: 'go', payload: place, sentBy: 'somebody' };
    const child = childOf(run, place);
    if (child) await engine.order(child, { type: 'ReceiveSignal', data });
  }
  expect((await engine.ended(id)).output).toEqual(places);
  await other.stop(0);
  await engine.restart();
});

it('ends a workflow that starts itself', async () => {
  const itself = newId() as WorkflowId; // a fresh id
  await engine.publish(aChain([running(itself)]), itself);
  const id = await engine.start(aChain([running(itself)]));
  const { failure } = await engine.ended(id);
  expect(failure?.error.code).toBe('child.failed');
  expect(failure?.error.message).toContain('run.too_deep');
});

it.each([
  ['that is not there', { workflowId: newId() }, 'workflow.not_found'],
  ['in a version that is not there', { version: 7 }, 'workflow.version_not_found'],
  ['by an alias that is not there', { alias: 'stable' }, 'workflow.alias_not_found'],
])('refuses a workflow %s', async (_, config, code) => {
  const id = await engine.start(aChain([running(doubling, config)]));
  expect((await engine.ended(id)).failure?.error.code).toBe(code);
  expect(engine.errors).toEqual([]);
});
