import type { Clock } from '@studio/contracts';

import type { QueryApiDeps } from '../deps.ts';
import type { CatchUp } from './catchUp.ts';
import { closeCodes, type Connection } from './connection.ts';
import type { Feed } from './feed.ts';
import { mayListen, parseRoom, type Room } from './rooms.ts';

export interface SessionParts {
  readonly connection: Connection;
  readonly feed: Feed;
  readonly catchUp: CatchUp;
  readonly log: QueryApiDeps['log'];
  readonly clock: Clock;
  /** Where the client left off; null: from now on. */
  readonly after: bigint | null;
}

/** What a client's messages do. Called one after the other. */
export interface Session {
  receive(text: string): Promise<void>;
  /** Joins a room that was allowed. */
  enter(name: string, room: Room): Promise<void>;
  end(): void;
}

const mostRooms = 100;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // no JSON text stands for undefined
  }
};

const isMessage = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const createSession = (parts: SessionParts): Session => {
  const { connection, feed, catchUp, log, clock, after } = parts;

  const error = (message: string, roomId?: string): void =>
    connection.send({
      ...{ type: 'error', message },
      ...(roomId === undefined ? {} : { room_id: roomId }),
    });
  const subscription = (event: 'subscribed' | 'unsubscribed', roomId: string): void =>
    connection.send({ type: 'subscription', event, room_id: roomId, timestamp: clock() });

  const resume = async (room: Room, from: bigint): Promise<void> => {
    if (room.kind === 'execution') await catchUp.execution(connection, room.id, from);
    if (room.kind !== 'workflow' && room.kind !== 'workspace') return;
    if (!(await catchUp.room(connection, room, from)))
      connection.close(closeCodes.tooLongAgo, 'after is too long ago');
  };

  const enter = async (name: string, room: Room): Promise<void> => {
    const fresh = !connection.rooms.has(name);
    connection.rooms.add(name);
    if (fresh && after !== null) connection.hold(name);
    feed.join(name, connection);
    subscription('subscribed', name);
    if (!fresh || after === null) return;
    await resume(room, after);
    await connection.letGo(name);
  };

  const leave = (name: string): void => {
    connection.rooms.delete(name);
    feed.leave(name, connection);
  };

  const subscribe = async (name: string): Promise<void> => {
    const room = parseRoom(name);
    if (!room || !(await mayListen({ log }, room, connection.caller))) {
      error('Access denied to room', name);
      return;
    }
    if (connection.rooms.size >= mostRooms) error(`At most ${mostRooms} rooms`, name);
    else await enter(name, room);
  };

  const obey = async (message: Readonly<Record<string, unknown>>): Promise<void> => {
    const { type, room_id: room } = message;
    switch (type) {
      case 'ping':
        connection.send({ type: 'pong', timestamp: clock() });
        return;
      case 'subscribe':
        if (typeof room === 'string') await subscribe(room);
        return;
      case 'unsubscribe':
        if (typeof room !== 'string') return;
        leave(room);
        subscription('unsubscribed', room);
        return;
      default:
        error(`Unknown message type: ${typeof type === 'string' ? type.slice(0, 100) : 'none'}`);
    }
  };

  return {
    enter,
    receive: async (text) => {
      const message = parsed(text);
      if (message === undefined) error('Invalid JSON format');
      else if (!isMessage(message)) error('A message is a JSON object');
      else await obey(message);
    },
    end: () => {
      for (const room of [...connection.rooms]) leave(room);
    },
  };
};
