import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createInMemoryFileStorage, createOpener } from '@studio/infra';

import { chain, newStory, nodeCompleted, nodeStarted, workflowStarted } from '../fixtures/facts.ts';
import type { Body } from '../fixtures/listener.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

/** Its files are lost: what is large can be read no more. */
let side: ReadSide;
beforeAll(async () => {
  side = await startReadSide({}, ({ keys }) =>
    createOpener({ keys, files: createInMemoryFileStorage() }),
  );
});
afterAll(() => side.stop());

const subscribed = ({ event }: Body): boolean => event === 'subscribed';
const told = (type: string, revision: number) => (message: Body) =>
  message.type === type && message.revision === revision;

it('goes on for all others when a fact of one run cannot be read, and says so in its room', async () => {
  const keyId = await side.studio.keys.reserve();
  const broken = newStory(keyId);
  const sound = { ...newStory(keyId), userId: broken.userId, workspaceId: broken.workspaceId };
  const { token } = await side.signIn(broken);
  const listeners = [];
  for (const story of [broken, sound]) {
    await side.studio.happened(story, workflowStarted(story, chain('a', 'b')));
    const { executionId } = story;
    const listener = side.socket(`/api/v1/ws/executions/${executionId}?token=${token}`);
    await listener.until(
      (message) => subscribed(message) && message['room_id'] === `execution:${executionId}`,
    );
    listeners.push(listener);
  }
  const [one, other] = listeners;
  await side.studio.happened(broken, nodeStarted('a'), nodeCompleted('a', 'x'.repeat(70_000)));
  await side.studio.happened(sound, nodeStarted('a'), nodeCompleted('a'));
  await other?.until(told('fact', 2));
  await one?.until(told('fact', 1));
  expect(await one?.until(told('error', 2))).toEqual({
    ...{ type: 'error', message: 'A fact of this run cannot be read', revision: 2 },
    ...{ room_id: `execution:${broken.executionId}`, execution_id: broken.executionId },
  });
  await side.studio.happened(broken, nodeStarted('b'));
  await one?.until(told('fact', 3));
  expect(other?.messages.filter(({ type }) => type === 'error')).toEqual([]);
  for (const listener of listeners) listener.socket.close();
});

it('catches a room up with all that can be read, and says what cannot', async () => {
  const broken = newStory(await side.studio.keys.reserve());
  const { token } = await side.signIn(broken);
  const sound = { ...newStory(broken.keyId), workspaceId: broken.workspaceId };
  const { position } = await side.studio.happened(broken, workflowStarted(broken, chain('a')));
  await side.studio.happened(broken, nodeStarted('a'), nodeCompleted('a', 'x'.repeat(70_000)));
  await side.studio.happened(sound, workflowStarted(sound, chain('a')), nodeStarted('a'));
  const after = `${side.studio.log.storeId}:${position}`;
  const listener = side.socket(`/api/v1/ws?token=${token}&after=${after}`);
  await listener.until(subscribed);
  const room = `workspace:${broken.workspaceId}`;
  listener.send({ type: 'subscribe', room_id: room });
  const { executionId } = sound;
  await listener.until(
    (message) => told('fact', 1)(message) && message['execution_id'] === executionId,
  );
  expect(listener.messages.find(told('error', 2))).toMatchObject({
    ...{ room_id: room, execution_id: broken.executionId },
  });
  listener.socket.close();
});
