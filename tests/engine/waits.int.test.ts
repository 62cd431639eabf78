import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ExecutionCommand, ExecutionId } from '@studio/contracts';

import { aChain, anEdge, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const waiting = (config: object) => aNode('wait', 'wait-for-event', config);
const isWaiting = (id: ExecutionId, instanceId = 'wait') =>
  engine.until(id, ({ instances }) => instances.get(instanceId)?.status === 'awaiting_signal');
let sent = 0;
const signal = (name: string, payload: unknown): ExecutionCommand => ({
  type: 'ReceiveSignal',
  data: { signalId: `signal ${(sent += 1)}`, name, payload, sentBy: 'somebody' },
});
const ofType = async (id: ExecutionId, type: string) =>
  (await engine.facts(id)).filter((fact) => fact.type === type);

it('waits through restarts for the signal that its expression holds for', async () => {
  const id = await engine.start(
    aChain([
      waiting({ signal: 'paid-{{ trigger.order }}', expression: 'signal.sum >= trigger.sum' }),
      aNode('done', 'transform', { expression: 'input.sum & " of " & trigger.sum' }),
    ]),
    { order: 7, sum: 10 },
  );
  await isWaiting(id);
  await engine.restart();
  await engine.order(id, signal('paid-7', { sum: 3 }));
  await engine.until(id, ({ instances }) => {
    const state = instances.get('wait');
    return state?.status === 'awaiting_signal' && state.lookedAt > 0;
  });
  await engine.order(id, signal('paid-8', { sum: 99 }));
  await engine.restart();
  await engine.order(id, signal('paid-7', { sum: 12 }));
  expect((await engine.ended(id)).output).toBe('12 of 10');
});

it('keeps signals for the waits of a loop, and gives each to one', async () => {
  const definition = {
    nodes: [
      aNode('begin', 'delay', { durationMs: 50 }),
      aNode('each', 'for-each', { items: [1, 2, 3] }),
      aNode('wait', 'wait-for-event', { signal: 'go' }, { parent: 'each' }),
    ],
    connections: [anEdge('begin', 'each')],
  };
  const id = await engine.start(definition);
  for (const payload of ['a', 'b']) await engine.order(id, signal('go', payload));
  await isWaiting(id, 'wait[2]');
  await engine.order(id, signal('go', 'c'));
  expect((await engine.ended(id)).output).toMatchObject(['a', 'b', 'c']);
});

it('ends by timeout when its deadline passes, also with nobody there, once', async () => {
  const id = await engine.start({
    nodes: [
      waiting({ signal: 'never', deadlineMs: 400 }),
      aNode('late', 'transform', { expression: '"late: " & input' }),
    ],
    connections: [anEdge('wait', 'late', 'timeout')],
  }, 'order'); // prettier-ignore
  await engine.until(id, ({ instances }) => instances.has('wait'));
  await engine.executor().level(await engine.log.lastPosition());
  await engine.executor().stop(0);
  await new Promise((resolve) => setTimeout(resolve, 500)); // the deadline passes with nobody there
  await engine.restart();
  expect((await engine.ended(id)).output).toBe('late: order');
  expect(await ofType(id, 'TimerFired')).toHaveLength(1);
});

it('fails for an expression that cannot be evaluated, and for settings that wait for nothing', async () => {
  const broken = await engine.start(
    aChain([waiting({ signal: 'go', expression: '$error("no")' })]),
  );
  await isWaiting(broken);
  await engine.order(broken, signal('go', 1));
  expect((await engine.ended(broken)).failure?.error.code).toBe('expression.failed');
  const nothing = await engine.start(aChain([waiting({})]));
  expect((await engine.ended(nothing)).failure?.error.code).toBe('kind.config_invalid');
});

it('takes back its deadline once it is answered', async () => {
  const id = await engine.start(aChain([waiting({ callback: true, deadlineMs: 3_600_000 })]));
  await isWaiting(id);
  const data = { instanceId: 'wait', attempt: 1, payload: { yes: true } };
  await engine.order(id, { type: 'ReceiveCallback', data });
  expect((await engine.ended(id)).output).toEqual({ yes: true });
  expect(await ofType(id, 'TimerCancelled')).toHaveLength(1);
  expect(engine.errors).toEqual([]);
});
