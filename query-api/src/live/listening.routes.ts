import { callerOf } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import type { QueryApiDeps } from '../deps.ts';
import type { Sockets } from './sockets.ts';

/** What the caller's own sockets to this process listen to; other people's are nobody's business. */
export const addListeningRoutes = (
  app: Express,
  prefix: string,
  { authenticator }: Pick<QueryApiDeps, 'authenticator'>,
  sockets: Sockets,
): void => {
  const listening = async (request: Request) => {
    const { userId } = await callerOf(authenticator, request);
    return sockets.listeningOf(userId);
  };

  app.get(`${prefix}/ws/stats`, async (request: Request, response: Response) => {
    const { connections, rooms } = await listening(request);
    response.json({
      ...{ total_connections: connections, user_connections: connections },
      active_rooms: rooms.length,
    });
  });

  app.get(`${prefix}/ws/rooms`, async (request: Request, response: Response) => {
    const { rooms } = await listening(request);
    response.json({ active_rooms: rooms, total_rooms: rooms.length });
  });
};
