import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type KeyId, type WorkflowEvent, workflowStream } from '@studio/contracts';

import { chainRun, newStory, type Story, workflowCreated } from '../fixtures/facts.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let keyId: KeyId;

beforeAll(async () => {
  side = await startReadSide();
  keyId = await side.studio.keys.reserve();
});
afterAll(() => side.stop());

const happen = (story: Story, ...events: readonly WorkflowEvent[]) =>
  side.studio.append(story, workflowStream(story.workflowId), events);
const level = async () =>
  side.projectors.waitFor('workflows', await side.studio.log.lastPosition(), 60_000);

const changed = (
  { workflowId }: Story,
  version: number,
  name: string,
  isPublic = false,
): WorkflowEvent => ({
  type: 'WorkflowChanged',
  data: {
    ...{ workflowId, version, name, isPublic, description: null },
    ...{ nodes: [], connections: [], settings: {}, tags: [] },
  },
});
const statusChanged = (
  { workflowId }: Story,
  version: number,
  status: 'published' | 'archived',
): WorkflowEvent => ({ type: 'WorkflowStatusChanged', data: { workflowId, version, status } });
const deleted = ({ workflowId }: Story): WorkflowEvent => ({
  type: 'WorkflowDeleted',
  data: { workflowId },
});

it('lists every version of a workflow, newest first', async () => {
  const owner = newStory(keyId);
  const { token } = await side.signIn(owner);
  await happen(owner, workflowCreated(owner, 'One'));
  await happen(owner, statusChanged(owner, 1, 'published'), changed(owner, 2, 'Two'));
  await happen(owner, changed(owner, 3, 'Three'), statusChanged(owner, 3, 'archived'));
  const at = `/api/v1/workflows/${owner.workflowId}/versions`;
  const versions = async (query = '') => {
    const { status, body } = await side.get(token, `${at}${query}`);
    expect(status).toBe(200);
    return (body as unknown as { name: string; version: number; status: string }[]).map(
      ({ name, version, status }) => [name, version, status],
    );
  };
  expect(await versions()).toEqual([
    ['Three', 3, 'archived'],
    ['Two', 2, 'published'],
    ['One', 1, 'published'],
  ]);
  expect(await versions('?limit=1&offset=1')).toEqual([['Two', 2, 'published']]);
  expect((await side.get(token, `${at}?limit=0`)).status).toBe(422);
  const stranger = await side.signIn(newStory(keyId));
  expect((await side.get(stranger.token, at)).body).toEqual([]);
  expect((await side.get(token, at.replace(owner.workflowId, 'x'))).status).toBe(422);
});

it('keeps from strangers what a public workflow was before', async () => {
  const owner = newStory(keyId);
  const stranger = await side.signIn(newStory(keyId));
  await happen(owner, workflowCreated(owner, 'Secret'), changed(owner, 2, 'Open', true));
  const at = `/api/v1/workflows/${owner.workflowId}/versions`;
  const { body } = await side.get(stranger.token, at);
  expect(body).toMatchObject([{ name: 'Open', version: 2 }]);
});

it('shows the status, and finds by it', async () => {
  const owner = newStory(keyId);
  const { token } = await side.signIn(owner);
  await happen(owner, workflowCreated(owner, 'One'), statusChanged(owner, 1, 'published'));
  await level();
  const { body } = await side.get(token, '/api/v1/workflows?status=published');
  expect(body.items).toMatchObject([{ id: owner.workflowId, status: 'published' }]);
});

it('shows a deleted workflow nowhere, and its runs as before', async () => {
  const owner = newStory(keyId);
  const { token } = await side.signIn(owner);
  const at = `/api/v1/workflows/${owner.workflowId}`;
  await happen(owner, workflowCreated(owner, 'Gone'));
  await side.studio.happened(owner, ...chainRun(owner, 'a'));
  await level();
  expect((await side.get(token, at)).status).toBe(200);
  await happen(owner, deleted(owner));
  await level();
  await side.projectors.waitFor('executions', await side.studio.log.lastPosition(), 60_000);
  expect((await side.get(token, at)).status).toBe(404);
  expect((await side.get(token, `${at}/versions`)).body).toEqual([]);
  expect((await side.get(token, '/api/v1/workflows?is_public=false')).body['total']).toBe(0);
  const run = await side.get(token, `/api/v1/executions/${owner.executionId}`);
  expect(run.body).toMatchObject({ status: 'completed', workflow_id: owner.workflowId });
  const runs = await side.get(token, `/api/v1/executions?workflow_id=${owner.workflowId}`);
  expect(runs.body['total']).toBe(1);
});

it('lets strangers listen to a public workflow whatever its status, and nobody to a deleted one', async () => {
  const owner = newStory(keyId);
  const { token } = await side.signIn(newStory(keyId));
  const open = { ...workflowCreated(owner, 'Open') };
  if (open.type !== 'WorkflowCreated') throw new Error('no creation');
  await happen(owner, { ...open, data: { ...open.data, isPublic: true } });
  await happen(owner, statusChanged(owner, 1, 'published'));
  const room_id = `workflow:${owner.workflowId}`;
  const socket = side.socket(`/api/v1/ws?token=${token}`);
  await socket.opened;
  socket.send({ type: 'subscribe', room_id });
  await socket.until(
    (message) => message['event'] === 'subscribed' && message['room_id'] === room_id,
  );
  socket.send({ type: 'unsubscribe', room_id });
  await socket.until((message) => message['event'] === 'unsubscribed');
  await happen(owner, deleted(owner));
  socket.send({ type: 'subscribe', room_id });
  await socket.until((message) => message.type === 'error' && message['room_id'] === room_id);
  socket.socket.close();
});
