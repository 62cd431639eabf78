import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { StudioError } from '@studio/contracts';

/** A server that has its port from the first moment on, and answers 503 until there is something to serve. */
export interface Front {
  readonly server: Server;
  readonly port: number;
  serve(listener: RequestListener): void;
  /** Takes no new connections, and waits for answers under way for at most so long. */
  close(graceMs: number): Promise<void>;
}

const notYet: RequestListener = (_, response) => {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '2' });
  response.end(JSON.stringify({ title: 'Service Unavailable', status: 503, detail: 'Starting' }));
};

const refusal = (error: NodeJS.ErrnoException, host: string, port: number): StudioError => {
  const why =
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Stop what listens there, or set PORT to another one.`
      : `Cannot listen on ${host}:${port}: ${error.message}`;
  return new StudioError('unavailable', 'service.unavailable', why, { cause: error });
};

export const listen = async (host: string, port: number): Promise<Front> => {
  let listener = notYet;
  const server = createServer((request, response) => {
    listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(refusal(error, host, port));
    });
    server.listen(port, host, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port, // a listening TCP server has one
    serve: (next) => {
      listener = next;
    },
    close: (graceMs) =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeIdleConnections();
        setTimeout(() => {
          server.closeAllConnections();
        }, graceMs).unref();
      }),
  };
};
