import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ExecutionEvent, type ExecutionId, executionStream } from '@studio/contracts';

import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
let ada: SignedIn;
let workflow_id: string;

const begin = {
  ...{ id: 'a', type: 'action', title: 'A', position: { x: 0, y: 0 } },
  data: { kind: 'manual-trigger', config: {} },
};

beforeAll(async () => {
  studio = await startWriteSide();
  ada = await studio.signIn('ada@example.org');
  const { body } = await ada.call('POST', '/workflows', { name: 'W', nodes: [begin] });
  workflow_id = String(body.id);
});
afterAll(() => studio.stop());

const start = (more: object, headers = {}) =>
  ada.call('POST', '/executions', { workflow_id, ...more }, headers);

const startedBy = async (id: unknown) => {
  const [first] = (await studio.log.readStream(
    executionStream(String(id) as ExecutionId), // just answered
  )) as unknown as readonly ExecutionEvent[]; // the stream of a run
  if (first?.type !== 'WorkflowStarted') throw new Error('the first fact opens the run');
  return first.data;
};

const names = {
  ...{ business_key: 'order-17', tags: [' EU ', 'eu', 'Urgent'] },
  labels: { 'shop/customer': 'acme: one' },
};

it('records what a run is named, and a hash for each name', async () => {
  const { status, body } = await start(names);
  expect(status).toBe(202);
  const { named } = await startedBy(body.id);
  expect(named?.names).toEqual({
    ...{ businessKey: 'order-17', tags: ['eu', 'urgent'] },
    labels: { 'shop/customer': 'acme: one' },
  });
  expect(new Set(named?.hashes).size).toBe(4);
  const again = await startedBy((await start(names)).body.id);
  expect(again.named?.hashes).toEqual(named?.hashes);
});

it('answers the older way with the names', async () => {
  const { status, body } = await ada.call('POST', `/workflows/${workflow_id}/executions`, names);
  expect(status).toBe(201);
  expect(body).toMatchObject({ ...names, tags: ['eu', 'urgent'] });
});

it('records nothing for a run without names', async () => {
  expect(await startedBy((await start({})).body.id)).not.toHaveProperty('named');
});

it('takes other names under the same Idempotency-Key for another request', async () => {
  const headers = { 'idempotency-key': 'names-1' };
  await start({ tags: ['one'] }, headers);
  const other = await start({ tags: ['two'] }, headers);
  expect([other.status, other.body.code]).toEqual([422, 'request.idempotency_key_reused']);
});

const many = (length: number): string[] => Array.from({ length }, (_, at) => `name${at}`);
it.each([
  ['an empty business key', { business_key: '' }, 'business_key'],
  ['a long business key', { business_key: 'x'.repeat(256) }, 'business_key'],
  ['NUL in a business key', { business_key: 'a\0' }, 'business_key'],
  ['tags that are no list', { tags: 'eu' }, 'tags'],
  ['too many tags', { tags: many(21) }, 'tags'],
  ['an empty tag', { tags: [' '] }, 'tags'],
  ['a long tag', { tags: ['x'.repeat(101)] }, 'tags'],
  ['a colon in the key of a label', { labels: { 'a:b': 'c' } }, 'labels'],
  ['an empty label', { labels: { a: '' } }, 'labels'],
  ['a label that is no text', { labels: { a: 1 } }, 'labels'],
  ['too many labels', { labels: Object.fromEntries(many(21).map((key) => [key, 'v'])) }, 'labels'],
])('refuses %s', async (_, more, field) => {
  const before = await studio.log.lastPosition();
  const { status, body } = await start(more);
  expect(status).toBe(422);
  expect(JSON.stringify(body.detail)).toContain(`"${field}"`);
  expect(await studio.log.lastPosition()).toBe(before);
});
