import { EventEmitter } from 'node:events';

import { expect, it } from '@jest/globals';
import type { Caller } from '@studio/infra';
import type { WebSocket } from 'ws';

import { createConnection } from './connection.ts';
import type { Delivery } from './delivery.ts';

const workspaceId = 'w' as Caller['workspaceId']; // invented here
const caller = { workspaceId } as Caller; // nothing else of the caller is read

const openSocket = () => {
  const sent: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    ...{ OPEN: 1, readyState: 1, bufferedAmount: 0 },
    send: (text: string) => void sent.push(text),
  });
  return { sent, socket: socket as unknown as WebSocket }; // what a connection uses of one
};
const aDelivery = (revision: number): Delivery => ({
  ...{ executionId: 'run', workspaceId, revision, position: BigInt(100 + revision) },
  texts: [`fact ${revision}`],
});

it('sends nothing again that the client saw, though the feed comes to it only now', () => {
  const { sent, socket } = openSocket();
  const connection = createConnection('c', socket, { caller, after: 102n });
  for (const revision of [1, 2, 3, 3, 4]) connection.deliver(aDelivery(revision));
  expect(sent).toEqual(['fact 3', 'fact 4']);
});
it('sends whatever comes to a client that resumes nothing', () => {
  const { sent, socket } = openSocket();
  const connection = createConnection('c', socket, { caller, after: null });
  connection.deliver(aDelivery(1));
  expect(sent).toEqual(['fact 1']);
});
