import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Definition, ExecutionCommand, ExecutionId } from '@studio/contracts';

import { aChain, aNode, type Engine, startEngine } from '../fixtures/engine.ts';
import { expectReplayedStates } from './replayed.ts';

let engine: Engine;
const arrived: string[] = [];
let letThrough = (): void => undefined;
beforeAll(async () => {
  engine = await startEngine({
    http: {
      request: async ({ url }) => {
        arrived.push(url);
        await new Promise<void>((resolve) => (letThrough = resolve));
        return { status: 200, headers: {}, body: 'answer' };
      },
    },
  });
});
afterAll(() => engine.stop());

const migrated = (definition: Definition, toVersion = 2): ExecutionCommand => ({
  type: 'MigrateRun',
  data: {
    ...{ toVersion, definition, definitionHash: 'of the new one', limits: [] },
    ...{ deadlineAfterMs: null, nodes: [], fromVersions: null },
  },
});
const say = (id: string, expression: string) => aNode(id, 'transform', { expression });
const typesOf = async (id: ExecutionId) => (await engine.facts(id)).map(({ type }) => type);

it('goes on by the new version with the effect that is under way, which is not done again', async () => {
  const call = aNode('call', 'http-request', { url: 'http://example.org/once' });
  const id = await engine.start(aChain([call, say('then', '"old"')]));
  await engine.until(id, () => arrived.length > 0);
  const next = aChain([call, say('then', '"new"'), say('more', 'input & " and more"')]);
  await engine.order(id, migrated(next));
  letThrough();
  const run = await engine.ended(id);
  expect(run).toMatchObject({ status: 'completed', output: 'new and more', workflowVersion: 2 });
  expect(arrived).toEqual(['http://example.org/once']);
  expect((await typesOf(id)).filter((type) => type === 'NodeStarted')).toHaveLength(1);
});

it('wakes for what the new version has for it to do, asleep or begun anew', async () => {
  const wait = aNode('wait', 'wait-for-event', { signal: 'go' });
  const id = await engine.start(aChain([wait, say('then', '"old"')]));
  await engine.until(id, ({ instances }) => instances.get('wait')?.status === 'awaiting_signal');
  const beside = aNode('beside', 'wait-for-event', { signal: 'other' });
  const { nodes, connections } = aChain([wait, say('then', 'input & "!"')]);
  await engine.order(id, migrated({ nodes: [...nodes, beside], connections }));
  await engine.until(id, ({ instances }) => instances.get('beside')?.status === 'awaiting_signal');
  await engine.restart();
  for (const name of ['go', 'other'])
    await engine.order(id, {
      type: 'ReceiveSignal',
      data: { signalId: name, name, payload: name, sentBy: 'somebody' },
    });
  expect((await engine.ended(id)).output).toEqual({ then: 'go!', beside: 'other' });
});

it('was, at every fact, in the state that a replay has', async () => {
  expect(await expectReplayedStates(engine)).toBeGreaterThan(1);
});
