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
  studio = await createStudio();
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
});
afterAll(async () => {
  await studio.remove();
  await server.close();
});

const hanging = (data: object = {}) => {
  const node = canvasNode('call', 'http-request', { url: `${server.url}/hang` });
  return { ...node, data: { ...node.data, retry: { maxRetries: 0, delaysMs: [1] }, ...data } };
};

it('ends by its deadline, also a run that is paused, and counts it where it belongs', async () => {
  const workflow = { ...chain(hanging()), settings: { deadlineMs: 4_000 } };
  const id = await start(person, await save(person, workflow));
  const { status } = await person.call('POST', `/executions/${id}/pause`);
  expect(status).toBe(200);
  const run = await ended(person, id);
  expect(run).toMatchObject({ status: 'failed', error_details: { code: 'run.deadline_exceeded' } });
  const { body } = await person.call('GET', '/executions?status=paused');
  expect(body.items).toEqual([]);
});

it('ends a node by its limit', async () => {
  const id = await start(person, await save(person, chain(hanging({ timeoutMs: 200 }))));
  expect(await ended(person, id)).toMatchObject({
    ...{ status: 'failed', error_details: { code: 'node.timeout' } },
  });
});

it.each([
  [{ timeoutMs: 'soon' }, {}, "node 'call': data.timeoutMs is"],
  [{}, { deadlineMs: -1 }, 'settings.deadlineMs is'],
])('starts no run whose limits cannot be kept', async (data, settings, reason) => {
  const workflowId = await save(person, { ...chain(hanging(data)), settings });
  const { status, body } = await person.call('POST', '/executions', { workflow_id: workflowId });
  expect([status, body.code]).toEqual([400, 'workflow.validation_failed']);
  expect(body.detail).toContain(reason);
  const validated = await person.call('POST', `/workflows/${workflowId}/validate`);
  expect(validated.body.errors[0]).toContain(reason);
});
