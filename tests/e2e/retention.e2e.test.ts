import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { verifyLog } from '../crash/proof.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { until } from '../http/until.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';
import { filesHolding } from './traces.ts';

let studio: StudioProcess;
let ada: Person;
let grace: Person;
const text = 'x'.repeat(100_000); // sealed, and too large to stay in its event
beforeAll(async () => {
  studio = await createStudio({ env: { RETENTION_SWEEP_SECONDS: '1' } });
  await studio.start();
  ada = await signIn(studio, 'ada@example.org');
  grace = await signIn(studio, 'grace@example.org');
});
afterAll(() => studio.remove());

const echo = chain(
  canvasNode('begin', 'manual-trigger'),
  canvasNode('echo', 'transform', { expression: 'trigger.text' }),
);
const aRunOf = async (person: Person): Promise<string> => {
  const id = await start(person, await save(person, echo), { text });
  await ended(person, id);
  return id;
};
const read = async (person: Person, id: string) =>
  (await person.call('GET', `/executions/${id}`)).body;
const factsOf = async (id: string) =>
  (await ada.call('GET', `/executions/${id}/events?limit=100`)).body.items as { type: string }[];
const sealedFiles = (): Promise<string[]> =>
  filesHolding(join(studio.dataDir, 'files'), [Buffer.alloc(0)]);

it('a workspace that keeps nothing has its ended runs erased, and the others keep theirs', async () => {
  const [erased, kept] = [await aRunOf(ada), await aRunOf(grace)];
  const waiting = chain(canvasNode('wait', 'delay', { durationMs: 3_600_000 }));
  const open = await start(ada, await save(ada, waiting), { text: 'open' });
  const before = await factsOf(erased);
  const files = (await sealedFiles()).length;
  const { workspace_id } = await read(ada, erased);
  const answer = await ada.call('PUT', `/workspaces/${workspace_id}/retention`, { run_days: 0 });
  expect([answer.status, answer.body]).toEqual([200, { workspace_id, run_days: 0 }]);
  await until(async () => (await read(ada, erased)).erased === true);
  expect(await read(ada, erased)).toMatchObject({
    ...{ status: 'completed', output_data: null, trigger_data: null },
  });
  expect(await read(grace, kept)).toMatchObject({ erased: false, output_data: text });
  expect(await read(ada, open)).toMatchObject({ erased: false, trigger_data: { text: 'open' } });
  const facts = await factsOf(erased);
  expect(facts.map(({ type }) => type)).toEqual([...before.map(({ type }) => type), 'DataErased']);
  await until(async () => (await sealedFiles()).length < files);
  expect(await verifyLog(studio.logAddress())).toBeGreaterThan(10);
  await ada.call('POST', `/executions/${open}/cancel`);
  await until(async () => (await read(ada, open)).erased === true);
});
