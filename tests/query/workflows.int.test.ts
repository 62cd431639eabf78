import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type KeyId, workflowStream } from '@studio/contracts';

import { newStory, type Story, workflowCreated } from '../fixtures/facts.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let keyId: KeyId;

beforeAll(async () => {
  side = await startReadSide();
  keyId = await side.studio.keys.reserve();
});
afterAll(() => side.stop());

const create = async (story: Story, name: string, isPublic = false): Promise<void> => {
  const event = workflowCreated(story, name);
  if (event.type !== 'WorkflowCreated') throw new Error('no creation');
  const { data } = event;
  const created = {
    ...event,
    data: { ...data, isPublic, settings: { large: 'x'.repeat(isPublic ? 100_000 : 1) } },
  };
  await side.studio.append(story, workflowStream(story.workflowId), [created]);
};

it('lists, filters and shows workflows to those who may see them', async () => {
  const owner = newStory(keyId);
  const { token } = await side.signIn(owner);
  const stranger = await side.signIn(newStory(keyId));
  const open = { ...owner, workflowId: newStory(keyId).workflowId };
  await create(owner, 'Private 100%');
  await create(open, 'Open to all', true);
  await side.projectors.waitFor('workflows', await side.studio.log.lastPosition(), 60_000);
  const list = (of: string, query = '') => side.get(of, `/api/v1/workflows${query}`);

  const mine = await list(token);
  expect(mine.body).toMatchObject({ total: 2, limit: 10, offset: 0 });
  expect(mine.body.items.map(({ name }) => name)).toEqual(['Open to all', 'Private 100%']);
  expect((await list(stranger.token)).body.items).toMatchObject([{ name: 'Open to all' }]);
  expect((await list(token, '?query=PRIVATE')).body['total']).toBe(1);
  expect((await list(token, '?query=100%25')).body['total']).toBe(1);
  expect((await list(token, '?query=%25')).body['total']).toBe(1);
  expect((await list(token, '?tags=demo&tags=other')).body['total']).toBe(2);
  expect((await list(token, '?tags=other')).body['total']).toBe(0);
  expect((await list(token, '?is_public=false')).body['total']).toBe(1);
  expect((await list(token, '?status=archived')).body['total']).toBe(0);
  for (const wrong of ['?status=x', '?limit=101', '?is_public=maybe', '?query=%00'])
    expect((await list(token, wrong)).status).toBe(422);

  const one = (of: string, id: string) => side.get(of, `/api/v1/workflows/${id}`);
  const shown = await one(token, open.workflowId);
  expect(shown.headers.get('etag')).toBe('"1"');
  expect(shown.body).toMatchObject({ version: 1, status: 'draft', tags: ['demo'] });
  expect(shown.body['settings']).toEqual({ large: 'x'.repeat(100_000) });
  expect((await one(stranger.token, open.workflowId)).status).toBe(200);
  expect((await one(stranger.token, owner.workflowId)).status).toBe(404);
  expect((await one(token, 'x')).status).toBe(422);
  expect((await one(token, newStory(keyId).workflowId)).status).toBe(404);
});

it('shows a workflow that the tables do not know yet', async () => {
  const owner = newStory(keyId);
  const { token } = await side.signIn(owner);
  await side.projectors.stop();
  await create(owner, 'Fresh');
  const { status, body } = await side.get(token, `/api/v1/workflows/${owner.workflowId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: 'Fresh' });
});

it('says who it is, and that it is ready only while what it needs answers', async () => {
  expect((await side.get(null, '/')).body).toMatchObject({ version: '0.1.0', docs: '/docs' });
  expect((await side.get(null, '/health')).body).toMatchObject({ status: 'healthy' });
  expect((await side.get(null, '/health/ready')).body).toEqual({
    status: 'ready',
    dependencies: { database: 'ok', event_log: 'ok', projections: 'ok' },
  });
  const kinds = await side.get(null, '/api/v1/node-kinds');
  expect(kinds.body).toContainEqual(expect.objectContaining({ kind: 'noop' }));
  await side.studio.pool.query('alter table log.events rename to hidden');
  try {
    expect(await side.get(null, '/health/ready')).toMatchObject({
      status: 503,
      body: { dependencies: { database: 'ok', event_log: 'unavailable' } },
    });
  } finally {
    await side.studio.pool.query('alter table log.hidden rename to events');
  }
});
