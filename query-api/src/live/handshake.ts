import type { IncomingMessage } from 'node:http';

import { type ExecutionId, StudioError } from '@studio/contracts';
import { type Caller, parsePosition, problemOf } from '@studio/infra';

import type { QueryApiDeps } from '../deps.ts';
import { executionIdOf } from '../requests.ts';
import { visibleFirstFact } from '../runFacts.ts';

/** A socket that may be opened. */
export interface Admission {
  readonly caller: Caller;
  readonly token: string;
  /** The run that the path names; null for the room socket. */
  readonly executionId: ExecutionId | null;
  readonly after: bigint | null;
}

/** `Sec-WebSocket-Protocol: bearer, <token>` for browsers, which cannot set Authorization; else `?token=`. */
const tokenOf = (request: IncomingMessage, url: URL): string => {
  const [scheme, token] = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((part) => part.trim());
  const found = scheme?.toLowerCase() === 'bearer' && token ? token : url.searchParams.get('token');
  if (!found) throw new StudioError('unauthenticated', 'auth.missing_token', 'Not authenticated');
  return found;
};

const socketPath = (prefix: string, path: string): { executionId?: string } | null => {
  if (path === `${prefix}/ws`) return {};
  const start = `${prefix}/ws/executions/`;
  const rest = path.startsWith(start) ? path.slice(start.length) : '';
  return rest === '' || rest.includes('/') ? null : { executionId: rest };
};

/** Admits a socket, or throws what the HTTP answer is made of. */
export const admit = async (deps: QueryApiDeps, request: IncomingMessage): Promise<Admission> => {
  const url = URL.parse(request.url ?? '/', 'http://socket'); // null for a target such as `//`
  const path = url && socketPath(deps.apiPrefix, url.pathname);
  if (!path) throw new StudioError('not_found', 'request.route_unknown', 'Not Found');
  const token = tokenOf(request, url);
  const caller = await deps.authenticator.authenticateToken(token);
  const after = url.searchParams.get('after');
  const position = after === null ? null : parsePosition(deps.log.storeId, after);
  if (path.executionId === undefined) return { caller, token, executionId: null, after: position };
  const executionId = executionIdOf(path.executionId);
  await visibleFirstFact(deps.log, executionId, caller);
  return { caller, token, executionId, after: position };
};

/** The HTTP answer of a refused handshake. */
export const refusal = (error: unknown): string => {
  const { status, headers, body } = problemOf(error);
  const text = JSON.stringify(body);
  const lines = {
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
  const title = typeof body['title'] === 'string' ? body['title'] : 'Error';
  return [`HTTP/1.1 ${status} ${title}`, ...head, '', text].join('\r\n');
};
