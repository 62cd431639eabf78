import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { createDesk, type Desk } from './command.ts';

let studio: StudioProcess;
let person: Person;
let desk: Desk;
const graph = chain(canvasNode('start', 'manual-trigger'));
beforeAll(async () => {
  studio = await createStudio({ embedded: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.com');
  desk = await createDesk({ DATA_DIR: studio.dataDir });
});
afterAll(async () => {
  await desk.leave();
  await studio.remove();
});

const sql = async (text: string): Promise<void> => {
  const client = new Client({ connectionString: studio.databaseUrl() });
  await client.connect();
  await client.query(text).finally(() => client.end());
};
const names = async () => {
  const { body } = await person.call('GET', '/workflows');
  return body.items.map(({ name }: { name: string }) => name).sort();
};
const standing = async (wanted: string) => {
  const { code, json } = await desk.studio('projections', 'list', '--json');
  expect(code).toBe(0);
  return json()[0].find(({ name }: { name: string }) => name === wanted);
};

it('rebuilds damaged rows from the log while the studio runs, which goes on from there', async () => {
  await save(person, { ...graph, name: 'One' });
  expect(await names()).toEqual(['One']);
  const before = await standing('workflows');
  expect(before).toMatchObject({ parked_streams: 0, generation: expect.stringMatching(/^v\d+$/) });
  await sql(`delete from read."workflows_${String(before.generation)}"`);
  expect(await names()).toEqual([]);

  const { code, out } = await desk.studio('projections', 'rebuild', 'workflows');
  const next = `${String(before.generation)}b1`;
  expect([code, out]).toEqual([0, `workflows shows ${next} in place of ${before.generation}\n`]);
  expect(await names()).toEqual(['One']);
  await save(person, { ...graph, name: 'Two' });
  // The studio looks once a second which tables are read.
  const deadline = performance.now() + 120_000;
  while ((await names()).length < 2 && performance.now() < deadline) await sleep(100);
  expect(await names()).toEqual(['One', 'Two']);
  expect(await standing('workflows')).toMatchObject({ generation: next });
});

it('rebuilds from events that were moved into files, and replays and verifies them', async () => {
  const items = Array.from({ length: 2_200 }, (_, n) => n);
  const each = canvasNode('each', 'for-each', { items: '{{ trigger.items }}', window: 100 });
  const say = canvasNode('say', 'transform', { expression: 'input' });
  const { nodes, connections } = chain(canvasNode('start', 'manual-trigger'), each);
  const body = { ...say, data: { ...say.data, parent: 'each' } };
  const workflow = await save(person, { name: 'Three', nodes: [...nodes, body], connections });
  const id = await start(person, workflow, { items });
  expect(await ended(person, id)).toMatchObject({ status: 'completed' });
  const listed = async () => (await person.call('GET', '/executions')).body.items;
  const before = await listed();
  expect(before).toMatchObject([{ id, status: 'completed' }]);

  const moved = (await desk.studio('archive', 'move', '--keep', '10', '--json')).json()[0];
  expect(moved.events).toBeGreaterThan(4_000);
  await sql(`delete from read."executions_${String((await standing('executions')).generation)}"`);
  expect(await listed()).toEqual([]);

  expect((await desk.studio('projections', 'rebuild', 'executions')).code).toBe(0);
  expect(await listed()).toEqual(before);
  const replayed = await person.call('GET', `/executions/${id}/replay?at=2000`);
  expect([replayed.status, replayed.body.revision]).toEqual([200, 2_000]);
  const verified = await desk.studio('verify', '--json');
  expect([verified.code, verified.json()]).toMatchObject([0, [{ verified: true }]]);
});

it('knows its projections', async () => {
  expect((await desk.studio('projections', 'list')).out).toMatch(
    /^executions +v\d+b1 +\d+ +\d+ +0$/m,
  );
  for (const [code, ...args] of [
    [3, 'rebuild', 'everything'],
    [2, 'rebuild'],
    [2, 'list', 'workflows'],
    [2, 'drop', 'workflows'],
  ] as const)
    expect([args, (await desk.studio('projections', ...args)).code]).toEqual([args, code]);
});
