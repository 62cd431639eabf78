import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { KeyId } from '@studio/contracts';
import { newId } from '@studio/infra';

import {
  chain,
  newStory,
  nodeCompleted,
  nodeFailed,
  nodeStarted,
  type Story,
  workflowStarted,
} from '../fixtures/facts.ts';
import type { Body } from '../fixtures/listener.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';
import { until } from '../http/until.ts';

let side: ReadSide;
let story: Story;
let token: string;

beforeAll(async () => {
  side = await startReadSide();
  const keyId: KeyId = await side.studio.keys.reserve();
  story = newStory(keyId);
  ({ token } = await side.signIn(story));
  await side.studio.happened(
    story,
    workflowStarted(story, chain('a', 'b', 'c', 'd')),
    ...[nodeStarted('a'), nodeCompleted('a'), nodeStarted('b'), nodeFailed('b', 'fail_run')],
  );
  await side.projectors.waitFor('executions', await side.studio.log.lastPosition(), 60_000);
});
afterAll(() => side.stop());

const at = () => `/api/v1/executions/${story.executionId}/nodes`;
const nodes = async () =>
  (await side.get(token, at())).body as unknown as readonly (Body & { id: string })[];

it('shows one node with its neighbours and its part of the log', async () => {
  const [, second] = await nodes();
  const { status, body } = await side.get(token, `${at()}/${second?.id}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ ...second });
  expect(body).toMatchObject({
    ...{ node_id: 'b', status: 'failed', execution_order: 2, tool_results: {} },
    ...{ parent_node_ids: ['a'], child_node_ids: ['c'], input_data: { of: 'b' } },
    execution_log: [
      { event: 'NodeStarted', node_id: 'b', message: 'Node b started' },
      { event: 'NodeFailed', level: 'error', message: expect.stringContaining('no luck for b') },
    ],
  });
});

it('shows a node that has not begun', async () => {
  const last = (await nodes()).at(-1);
  const { body } = await side.get(token, `${at()}/${last?.id}`);
  expect(body).toMatchObject({
    ...{ node_id: 'd', parent_node_ids: ['c'], child_node_ids: [], execution_log: [] },
  });
});

it('knows no other node, and shows none to strangers', async () => {
  const [first] = await nodes();
  const malformed = await side.get(token, `${at()}/x`);
  expect([malformed.status, malformed.body['detail']]).toEqual([400, 'Invalid ID format']);
  const absent = await side.get(token, `${at()}/${newId()}`);
  expect([absent.status, absent.body['detail']]).toEqual([404, 'Node execution not found']);
  const stranger = await side.signIn(newStory(story.keyId));
  expect((await side.get(stranger.token, `${at()}/${first?.id}`)).status).toBe(404);
});

it('tells of the own sockets and rooms, and of nobody else', async () => {
  const stats = (of: string) => side.get(of, '/api/v1/ws/stats');
  const rooms = (of: string) => side.get(of, '/api/v1/ws/rooms');
  const other = await side.signIn(newStory(story.keyId));
  const none = { total_connections: 0, user_connections: 0, active_rooms: 0 };
  expect((await stats(token)).body).toEqual(none);

  const socket = side.socket(`/api/v1/ws/executions/${story.executionId}?token=${token}`);
  const foreign = side.socket(`/api/v1/ws?token=${other.token}`);
  const room = `execution:${story.executionId}`;
  await socket.until(({ room_id }) => room_id === room);
  await foreign.until(({ event }) => event === 'subscribed');
  expect((await stats(token)).body).toEqual({
    ...{ total_connections: 1, user_connections: 1, active_rooms: 2 },
  });
  expect((await rooms(token)).body).toEqual({
    ...{ active_rooms: [room, `user:${story.userId}`], total_rooms: 2 },
  });

  socket.socket.close();
  foreign.socket.close();
  await socket.closed;
  await foreign.closed;
  await until(async () => (await stats(token)).body['total_connections'] === 0);
  expect((await rooms(token)).body).toEqual({ active_rooms: [], total_rooms: 0 });
  expect((await side.get(null, '/api/v1/ws/stats')).status).toBe(401);
});
