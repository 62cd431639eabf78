import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that keeps who calls it waiting until it is opened: a run that calls it is running for as long as a test likes. */
export interface Gate {
  readonly url: string;
  open(): void;
  close(): Promise<void>;
}

export const startGate = async (): Promise<Gate> => {
  const waiting = new Set<ServerResponse>();
  let isOpen = false;
  const answer = (response: ServerResponse): void => {
    response.setHeader('content-type', 'application/json').end('{"through":true}');
  };
  const server = createServer((_request, response) => {
    if (isOpen) answer(response);
    else waiting.add(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/`,
    open: () => {
      isOpen = true;
      for (const response of waiting) answer(response);
      waiting.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
