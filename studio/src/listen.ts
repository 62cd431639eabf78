import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { StudioError } from '@studio/contracts';

/** A server that has its port from the first moment on, and answers 503 until there is something to serve. */
export interface Front {
  readonly server: Server;
  readonly port: number;
  serve(listener: RequestListener): void;
  /** From here on answers tell clients to go away. */
  sendAway(): void;
  readonly isStopping: () => boolean;
  /**
   * Answers on until its clients have gone or fallen quiet, then takes no more connections and waits for
   * the answers under way for at most so long.
   */
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

/** When nobody asked for so long, all have heard that we go. */
const quietMs = 250;
const quietWithinMs = 2_500;
/** Nobody has to hear it when nobody asked for so long before. */
const unusedMs = 10_000;
const lookMs = 25;
/**
 * Longer than proxies and load balancers keep an idle connection (60 s is usual), so that it is they who close it:
 * a request that is sent while the other side closes is lost without an answer.
 */
const keepAliveMs = 75_000;

/** Knows when the last request came. */
const watchRequests = (server: Server) => {
  let lastMs = -Infinity;
  server.on('request', () => (lastMs = performance.now()));
  return {
    /** Ends when nobody asks any more, at the latest after so long. */
    quiet: async (withinMs: number): Promise<void> => {
      const begun = performance.now();
      if (begun - lastMs > unusedMs) return;
      const sinceMs = (): number => performance.now() - Math.max(lastMs, begun);
      while (performance.now() - begun < withinMs && sinceMs() < quietMs) await sleep(lookMs);
    },
  };
};

const closeServer = (server: Server, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const closeIdle = setInterval(() => {
      server.closeIdleConnections(); // more become idle as their answers end
    }, lookMs);
    server.close(() => {
      clearInterval(closeIdle);
      resolve();
    });
    setTimeout(() => {
      server.closeAllConnections();
    }, graceMs).unref();
  });

export const listen = async (host: string, port: number): Promise<Front> => {
  let listener = notYet;
  let stopping = false;
  let closing: Promise<void> | null = null;
  const server = createServer((request, response) => {
    listener(request, response);
  });
  server.keepAliveTimeout = keepAliveMs;
  const requests = watchRequests(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(refusal(error, host, port));
    });
    server.listen(port, host, resolve);
  });
  const close = async (graceMs: number): Promise<void> => {
    stopping = true;
    await requests.quiet(quietWithinMs);
    await closeServer(server, graceMs);
  };
  return {
    server,
    port: (server.address() as AddressInfo).port, // a listening TCP server has one
    serve: (next) => {
      listener = next;
    },
    sendAway: () => {
      stopping = true;
    },
    isStopping: () => stopping,
    close: (graceMs) => (closing ??= close(graceMs)),
  };
};
