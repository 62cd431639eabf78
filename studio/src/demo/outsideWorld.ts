import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that really arrived, and what it was answered. */
export interface Call {
  /** `POST /charges`, without the query. */
  readonly route: string;
  /** What it was about: an order, an article, a customer. */
  readonly about: string;
  readonly status: number;
}

/** The servers that the workflows call, as one that counts: nothing can reach it twice unseen. */
export interface OutsideWorld {
  readonly url: string;
  readonly calls: () => readonly Call[];
  close(): Promise<void>;
}

interface Reply {
  readonly about: string;
  readonly status: number;
  readonly body: object;
}

type Body = Readonly<Record<string, unknown>>;
type Answer = (query: URLSearchParams, body: Body) => Reply;

const jsonOf = (content: string): Body => {
  try {
    return JSON.parse(content) as Body; // our own workflows send objects
  } catch {
    return {};
  }
};

/** `busy`: articles whose stock is not told at the first time of asking. */
const answers = (busy: Set<string>): Readonly<Record<string, Answer>> => ({
  'GET /stock': (query) => {
    const about = query.get('name') ?? '';
    const reply = { about, body: { name: about, inStock: 12 } };
    return busy.delete(about) ? { ...reply, status: 503, body: {} } : { ...reply, status: 200 };
  },
  'POST /charges': (_query, { order, card }) => {
    const about = String(order);
    if (card === 'declined') return { about, status: 402, body: { error: 'declined' } };
    return { about, status: 200, body: { id: `charge-${about}` } };
  },
  'POST /pages': (_query, { customer }) => ({ about: String(customer), status: 201, body: {} }),
  'POST /tickets': (_query, { customer }) => ({ about: String(customer), status: 201, body: {} }),
});

export const openOutsideWorld = async (busy: readonly string[]): Promise<OutsideWorld> => {
  const calls: Call[] = [];
  const known = answers(new Set(busy));

  const take = async (request: IncomingMessage): Promise<Reply> => {
    const body = jsonOf(await text(request));
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const route = `${request.method ?? ''} ${pathname}`;
    const reply = known[route]?.(searchParams, body) ?? { about: '', status: 404, body: {} };
    calls.push({ route, about: reply.about, status: reply.status });
    return reply;
  };

  const server = createServer((request, response) => {
    take(request).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a listening TCP server has one
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
