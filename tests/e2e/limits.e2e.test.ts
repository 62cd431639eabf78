import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';

let studio: StudioProcess;
let server: CountingServer;
let person: Person;

beforeAll(async () => {
  server = await startCountingServer();
  server.behave('/hang', () => ({ hang: true }));
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
});
afterAll(async () => {
  await studio.remove();
  await server.close();
});

const calling = (path: string, limits: unknown) => ({
  ...chain(canvasNode('call', 'http-request', { url: `${server.url}${path}` })),
  settings: { limits },
});

/** The run once it stands so, as it is shown alone and in the list. */
const standing = async (id: string, expected: object): Promise<void> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const { body } = await person.call('GET', `/executions/${id}`);
    const list = await person.call('GET', '/executions?limit=100');
    const listed = list.body.items.find((item: { id: string }) => item.id === id);
    try {
      expect([body, listed]).toMatchObject([expected, expected]);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(25);
    }
  }
};
const waits = { status: 'pending', waiting_reason: 'singleton', started_at: null };
const goesOn = { status: 'running', waiting_reason: null };
const cancel = (id: string) => person.call('POST', `/executions/${id}/cancel`);

it('holds a run back over a kill -9, and lets it begin when the one before it has ended', async () => {
  const workflowId = await save(person, calling('/hang', [{ most: 1 }]));
  const [first, second, third] = [
    await start(person, workflowId),
    await start(person, workflowId),
    await start(person, workflowId),
  ];
  await standing(first, goesOn);
  for (const id of [second, third]) await standing(id, waits);
  await studio.kill();
  await studio.start();
  await standing(first, goesOn);
  for (const id of [second, third]) await standing(id, waits);
  expect((await cancel(second)).status).toBe(200);
  await standing(second, { status: 'cancelled', waiting_reason: null });
  expect((await cancel(first)).status).toBe(200);
  await standing(third, goesOn);
  await cancel(third);
  const { body } = await person.call('GET', '/executions?status=pending');
  expect(body.total).toBe(0);
});

it('refuses a second run by a limit that says so, over a kill -9', async () => {
  const workflowId = await save(person, calling('/hang', [{ most: 1, whenTaken: 'refuse' }]));
  const first = await start(person, workflowId);
  const again = () => person.call('POST', '/executions', { workflow_id: workflowId });
  const refused = { status: 409, body: { code: 'execution.place_taken', execution_id: first } };
  expect(await again()).toMatchObject(refused);
  await studio.kill();
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
  expect(await again()).toMatchObject(refused);
  await cancel(first);
  const { status, body } = await again();
  expect(status).toBe(202);
  await standing(String(body.id), goesOn);
  await cancel(String(body.id));
});

it('says so where a run waits for a rate', async () => {
  const workflowId = await save(person, calling('/ok', [{ most: 1, withinMs: 3_600_000 }]));
  expect((await ended(person, await start(person, workflowId))).status).toBe('completed');
  const late = await start(person, workflowId);
  await standing(late, { ...waits, waiting_reason: 'rate' });
  await cancel(late);
});

it('says so where runs wait for others to come', async () => {
  const workflowId = await save(person, calling('/ok', [{ debounceMs: 86_400_000 }]));
  const ids = [await start(person, workflowId), await start(person, workflowId)];
  for (const id of ids) await standing(id, { ...waits, waiting_reason: 'debounce' });
  for (const id of ids) await cancel(id);
});

it('starts no run whose limits cannot be kept', async () => {
  const workflowId = await save(person, calling('/ok', [{ most: 1, per: '(' }]));
  const { status, body } = await person.call('POST', '/executions', { workflow_id: workflowId });
  expect([status, body.code]).toEqual([400, 'workflow.validation_failed']);
  expect(body.detail).toContain('settings.limits[0].per');
  const validated = await person.call('POST', `/workflows/${workflowId}/validate`);
  expect(validated.body.errors[0]).toContain('settings.limits[0].per');
});
