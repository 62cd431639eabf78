import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, save, start } from './canvas.ts';

let studio: StudioProcess;
let server: CountingServer;
let person: Person;

beforeAll(async () => {
  server = await startCountingServer();
  studio = await createStudio({ ownPostgres: true, env: { ADMIN_EMAILS: 'ada@example.org' } });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
});
afterAll(async () => {
  await studio.remove();
  await server.close();
});

type Items = Awaited<ReturnType<Person['call']>>['body'];
const until = async (holds: (items: Items) => boolean): Promise<Items> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const { items } = (await person.call('GET', '/ops/executors')).body;
    if (holds(items)) return items;
    if (performance.now() > deadline) throw new Error(`never: ${JSON.stringify(items)}`);
    await sleep(50);
  }
};

it('tells what executors have in hand, and which of them was killed', async () => {
  server.behave('/hang', { hang: true });
  const call = canvasNode('call', 'http-request', { url: `${server.url}/hang` });
  const id = await start(person, await save(person, chain(call)));
  const [first] = await until(
    ([only]) => only?.effects_in_flight === 1 && only.live_runs === 1 && only.state === 'beating',
  );
  expect(first).toMatchObject({ role: 'all', state: 'beating', live_runs: 1, stuck_runs: [] });
  expect(first.shards).toHaveLength(64);
  const { body } = await person.call('GET', `/executions/${id}/events?from=1&limit=1`);
  expect(body.items[0]).toMatchObject({
    ...{ type: 'NodeStarted', metadata: { actor: { kind: 'executor', id: first.owner } } },
  });

  await studio.kill();
  await studio.start();
  const [killed, next] = await until(
    ([old, fresh]) =>
      old.state === 'silent' &&
      old.shards.length === 0 &&
      fresh?.effects_in_flight === 1 &&
      fresh.state === 'beating' &&
      fresh.shards.length === 64,
  );
  expect(killed).toMatchObject({ owner: first.owner });
  expect(next.owner).not.toBe(first.owner);
});
