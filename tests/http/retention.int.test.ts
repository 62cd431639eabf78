import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@studio/infra';

import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
let ada: SignedIn;
let grace: SignedIn;
let path: string;
beforeAll(async () => {
  studio = await startWriteSide();
  ada = await studio.signIn('ada@example.org');
  grace = await studio.signIn('grace@example.org');
  path = `/workspaces/${ada.workspaceId}/retention`;
});
afterAll(() => studio.stop());

const events = async () => (await studio.log.lastPosition()).toString();

it('says for ever until its owner says how long, once', async () => {
  const id = ada.workspaceId;
  expect((await ada.call('GET', path)).body).toEqual({ workspace_id: id, run_days: null });
  const answer = await ada.call('PUT', path, { run_days: 30 });
  expect([answer.status, answer.body]).toEqual([200, { workspace_id: id, run_days: 30 }]);
  expect(answer.headers.get('studio-position')).toMatch(/:\d+$/);
  const before = await events();
  expect((await ada.call('PUT', path, { run_days: 30 })).body.run_days).toBe(30);
  expect(await events()).toBe(before);
  expect((await ada.call('GET', path)).body.run_days).toBe(30);
});

it.each([{}, { run_days: -1 }, { run_days: 1.5 }, { run_days: 36_501 }, { run_days: '7' }])(
  'refuses %j and stores nothing',
  async (body) => {
    const before = await events();
    const { status, body: problem } = await ada.call('PUT', path, body);
    expect([status, problem.code]).toEqual([422, 'request.invalid']);
    expect(await events()).toBe(before);
  },
);

it('is nobody else’s business', async () => {
  for (const asked of [
    () => grace.call('GET', path),
    () => grace.call('PUT', path, { run_days: 0 }),
    () => ada.call('PUT', `/workspaces/${newId()}/retention`, { run_days: 0 }),
  ]) {
    const { status, body } = await asked();
    expect([status, body.code]).toEqual([404, 'workspace.not_found']);
  }
  expect((await ada.call('PUT', '/workspaces/none/retention', { run_days: 0 })).status).toBe(422);
});
