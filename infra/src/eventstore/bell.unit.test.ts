import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

import { expect, it } from '@jest/globals';

import { createBell } from './bell.ts';

/** AuthenticationOk and ReadyForQuery, as a server of PostgreSQL says them. */
const welcome = Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0, 90, 0, 0, 0, 5, 73]);

it('keeps no connection on which it could not listen', async () => {
  const gone: Promise<unknown>[] = [];
  const server = createServer((socket: Socket) => {
    gone.push(once(socket, 'close'));
    socket.on('error', () => undefined); // a close follows
    socket.once('data', () => socket.write(welcome)); // and no other answer
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo; // it listens on a port
    const where = { host: '127.0.0.1', port, user: 'u', database: 'd', password: 'p' };
    const config = { ...where, ssl: false, query_timeout: 50 };
    const quiet = () => undefined;
    const bell = createBell({ config, onRing: quiet, onTrouble: quiet });
    await expect(bell).rejects.toThrow('Query read timeout');
    await Promise.all(gone);
    expect(gone).toHaveLength(1);
  } finally {
    server.close();
  }
});
