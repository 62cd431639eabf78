import { SocketRooms, SocketStats } from './answers.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';

const tag = 'Sockets';

/** The two questions about sockets that HTTP answers. The sockets themselves are no part of OpenAPI. */
export const socketOperations: readonly Operation[] = [
  {
    ...{ id: 'getSocketStats', method: 'get', path: '/ws/stats', tag },
    summary: "How many sockets and rooms are the caller's own",
    answers: {
      200: {
        ...{ description: 'Counts of this process.', schema: SocketStats },
        example: { total_connections: 1, user_connections: 1, active_rooms: 2 },
      },
    },
  },
  {
    ...{ id: 'listSocketRooms', method: 'get', path: '/ws/rooms', tag },
    summary: "The rooms that the caller's own sockets listen to",
    answers: {
      200: {
        ...{ description: 'Their names.', schema: SocketRooms },
        example: { active_rooms: [`user:${exampleIds.user}`], total_rooms: 1 },
      },
    },
  },
];
