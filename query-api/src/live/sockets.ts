import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { StudioError } from '@studio/contracts';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';

import type { QueryApiDeps } from '../deps.ts';
import { createCatchUp } from './catchUp.ts';
import { closeCodes, type Connection, createConnection } from './connection.ts';
import { createFeed, executionRoom } from './feed.ts';
import { type Admission, admit, refusal } from './handshake.ts';
import { createSession, type Session } from './session.ts';
import { createTurns } from './turns.ts';

export interface Sockets {
  /** The open sockets of one person, and the rooms that they listen to. */
  listeningOf(userId: string): { readonly connections: number; readonly rooms: readonly string[] };
  /** All that are open. */
  readonly count: () => number;
  attach(server: Server): void;
  stop(): Promise<void>;
}

const mostMessageBytes = 64 * 1024;
const longestTimerMs = 2_147_483_647;
const leaveWithinMs = 1_000;
/** Not all at once: whoever takes over should not meet them all in the same moment. */
const reconnectAfterMs = (): number => 500 + Math.floor(Math.random() * 2_500);

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8'); // ws gives buffers, whole or in parts

export const createSockets = (deps: QueryApiDeps): Sockets => {
  const { log, opener, clock, newId, authenticator, logger } = deps;
  const feed = createFeed(deps);
  const connections = new Set<Connection>();
  const catchUp = createCatchUp({ log, opener, feed });
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: mostMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('bearer') ? 'bearer' : false),
  });

  /** Closes the socket when its token or its session ends. */
  const guard = (socket: WebSocket, { caller, token }: Admission): (() => void) => {
    const close = (): void => socket.close(closeCodes.tokenEnded, 'token ended');
    const leftMs = caller.expiresAt * 1_000 - Date.parse(clock());
    const expiry = setTimeout(close, Math.min(Math.max(leftMs, 0), longestTimerMs));
    const look = setInterval(() => {
      authenticator.authenticateToken(token).catch((error: unknown) => {
        if (error instanceof StudioError && error.kind === 'unauthenticated') close();
      });
    }, deps.patience?.sessionCheckMs ?? 5_000);
    return () => {
      clearTimeout(expiry);
      clearInterval(look);
    };
  };

  const greet = async (session: Session, { caller, executionId }: Admission): Promise<void> => {
    await session.enter(`user:${caller.userId}`, { kind: 'user', id: caller.userId });
    if (executionId !== null)
      await session.enter(executionRoom(executionId), { kind: 'execution', id: executionId });
  };

  const open = (socket: WebSocket, admission: Admission): void => {
    const connection = createConnection(newId(), socket, admission);
    connections.add(connection);
    const { after } = admission;
    const session = createSession({ connection, feed, catchUp, log, clock, after });
    const unguard = guard(socket, admission);
    const inTurn = createTurns(socket, (error) => {
      const name = error instanceof Error ? error.name : typeof error;
      logger.error({ error: name }, 'a socket was closed by a failure');
      socket.close(1011, 'try again');
    });
    socket.on('error', () => undefined); // a close follows, and says it all
    socket.on('message', (data: RawData) => inTurn(() => session.receive(textOf(data))));
    socket.on('close', () => {
      unguard();
      connections.delete(connection);
      inTurn(async () => session.end());
    });
    connection.send({
      ...{ type: 'connection', event: 'connected' },
      ...{ connection_id: connection.id, timestamp: clock() },
    });
    inTurn(() => greet(session, admission));
  };

  let stopping = false;

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    try {
      const admission = await admit(deps, request);
      await feed.start();
      if (stopping) throw new StudioError('unavailable', 'service.unavailable', 'Stopping');
      server.handleUpgrade(request, stream, head, (socket) => open(socket, admission));
    } catch (error) {
      stream.end(refusal(error));
    }
  };

  /** Says when to come back (with `?after=`, nothing is missed), and goes. */
  const closed = (socket: WebSocket): Promise<void> =>
    new Promise((resolve) => {
      const hint = { reconnect_after_ms: reconnectAfterMs(), timestamp: clock() };
      socket.send(JSON.stringify({ type: 'connection', event: 'closing', ...hint }));
      const force = setTimeout(() => socket.terminate(), leaveWithinMs);
      socket.once('close', () => {
        clearTimeout(force);
        resolve();
      });
      socket.close(1001, 'going away');
    });

  return {
    listeningOf: (userId) => {
      const own = [...connections].filter(({ caller }) => caller.userId === userId);
      const rooms = new Set(own.flatMap((connection) => [...connection.rooms]));
      return { connections: own.length, rooms: [...rooms].sort() };
    },
    count: () => connections.size,
    attach: (http) => {
      http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
        stream.on('error', () => stream.destroy());
        void upgrade(request, stream, head);
      });
    },
    stop: async () => {
      stopping = true;
      await Promise.all([...server.clients].map(closed));
      server.close();
      await feed.stop();
    },
  };
};
