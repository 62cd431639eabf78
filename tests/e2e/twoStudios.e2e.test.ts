import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import {
  createStudio,
  logOfItsOwn,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { until } from '../http/until.ts';

/** Two studios on one Postgres and one log, as a production runs them. */
let postgres: TestPostgres;
let one: StudioProcess;
let other: StudioProcess;
let person: Person;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const secret = { SECRET_KEY: randomBytes(32).toString('hex') };
  const env = { DATABASE_URL: postgres.url, ...secret, ...logOfItsOwn() };
  one = await createStudio({ env, embedded: true });
  other = await createStudio({ env, embedded: true });
  await one.start();
  await other.start();
  person = await signIn(one, 'two@example.com');
});
afterAll(async () => {
  await one.remove();
  await other.remove();
  await postgres.stop();
});

const at = async (studio: StudioProcess, path: string) => {
  const headers = { authorization: `Bearer ${person.token}` };
  const answer = await fetch(`${studio.origin()}/api/v1${path}`, { headers });
  return { status: answer.status, body: await answer.text() };
};

it('forgets a run in every process as soon as it is forgotten in one', async () => {
  const node = { id: 'a', type: 'action', position: { x: 0, y: 0 }, data: { kind: 'noop' } };
  const workflow = await person.call('POST', '/workflows', { name: 'Forget', nodes: [node] });
  const asked = { workflow_id: workflow.body.id, trigger_data: { name: 'Grace Hopper' } };
  const { body } = await person.call('POST', '/executions', asked);
  const events = `/executions/${String(body.id)}/events`;
  const ended = async () => (await at(other, events)).body.includes('WorkflowCompleted');
  await until(ended);
  expect((await at(other, events)).body).toContain('Grace Hopper');
  expect((await person.call('POST', `/executions/${String(body.id)}/forget`)).status).toBe(200);
  const erasedSince = performance.now();
  const gone = async () => !(await at(other, events)).body.includes('Grace Hopper');
  await until(gone);
  expect(performance.now() - erasedSince).toBeLessThan(10_000);
});
