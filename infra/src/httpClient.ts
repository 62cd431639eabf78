import { type HttpClient, type HttpRequest, StudioError } from '@studio/contracts';

import { readAnswer } from './httpAnswer.ts';
import { calledOff, connectionFailed, hopeless, timedOut } from './httpFailures.ts';

export interface HttpClientOptions {
  /** Bytes of an answer's body; default 10 MB. A larger one is a final `http.failed`. */
  readonly maxBodyBytes?: number;
  /** Default 5; one more is a final `http.failed`. */
  readonly maxRedirects?: number;
}

interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | null;
}

/** Neither credentials nor query: messages travel far. */
const nameOf = (method: string, { origin, pathname }: URL): string =>
  `${method} ${origin}${pathname}`;

const parseHttp = (text: string, base?: string): URL | null => {
  const url = URL.parse(text, base);
  return url && /^https?:$/.test(url.protocol) ? url : null;
};

/** fetch refuses an address with a login in it. */
const withoutLogin = (url: URL): void => {
  url.username = '';
  url.password = '';
};

const authorize = (headers: Headers, { username, password }: URL): void => {
  if (!username || headers.has('authorization')) return;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  headers.set('authorization', `Basic ${Buffer.from(login).toString('base64')}`);
};

const bodyText = ({ method, body }: HttpRequest, headers: Headers): string | null => {
  if (body === undefined || method === 'GET' || method === 'HEAD') return null;
  if (typeof body === 'string') return body;
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return JSON.stringify(body);
};

const firstHop = (request: HttpRequest): Hop => {
  const { method } = request;
  const url = parseHttp(request.url);
  if (!url) throw hopeless(method, 'the URL is not an http or https address');
  const headers = new Headers(request.headers);
  authorize(headers, url);
  withoutLogin(url);
  return { method, url, headers, body: bodyText(request, headers) };
};

/** Headers that cannot be a secret meant for the first address alone. */
const forAnyone = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);

const headersFor = (hop: Hop, url: URL, keepsBody: boolean): Headers => {
  const headers = new Headers(hop.headers);
  for (const name of hop.headers.keys())
    if (url.origin !== hop.url.origin && !forAnyone.has(name)) headers.delete(name);
  if (!keepsBody) headers.delete('content-type');
  return headers;
};

const targetOf = (hop: Hop, { status, headers }: Response): URL | null => {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null;
  const url = parseHttp(location, hop.url.href);
  if (url) withoutLogin(url);
  return url;
};

const becomesGet = (method: string, status: number): boolean =>
  (status === 303 && method !== 'HEAD') || (status < 303 && method === 'POST');

/** Where a redirection leads (Fetch standard, HTTP-redirect fetch); null for any other answer. */
const nextHop = (hop: Hop, response: Response): Hop | null => {
  const url = targetOf(hop, response);
  if (!url) return null;
  return becomesGet(hop.method, response.status)
    ? { method: 'GET', url, headers: headersFor(hop, url, false), body: null }
    : { method: hop.method, url, headers: headersFor(hop, url, true), body: hop.body };
};

const prepare = (request: HttpRequest): Hop => {
  try {
    return firstHop(request);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw hopeless(request.method, 'a header or the body cannot be sent');
  }
};

/**
 * Outgoing HTTP over Node's fetch. An error's `extra.outcomeUnknown` is true when the other side
 * may have acted all the same. Errors beside the port's: `http.failed` (refused) for what no other
 * try will mend, `effect.cancelled`.
 */
export const createHttpClient = ({
  maxBodyBytes = 10 * 1024 * 1024,
  maxRedirects = 5,
}: HttpClientOptions = {}): HttpClient => {
  const follow = async (first: Hop, name: string, signal: AbortSignal): Promise<Response> => {
    let hop = first;
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const { method, url, headers, body } = hop;
      const response = await fetch(url, {
        method,
        headers,
        body,
        signal,
        redirect: 'manual',
      }).catch((error: unknown) => {
        throw signal.aborted ? error : connectionFailed(name, error, redirects > 0);
      });
      const next = nextHop(hop, response);
      if (!next) return response;
      await response.body?.cancel();
      hop = next;
    }
    throw hopeless(name, `more than ${maxRedirects} redirections`);
  };

  return {
    request: async (request) => {
      const hop = prepare(request);
      const name = nameOf(hop.method, hop.url);
      const deadline = AbortSignal.timeout(request.timeoutMs);
      try {
        const signal = AbortSignal.any([request.signal, deadline]);
        const answer = await readAnswer(await follow(hop, name, signal), maxBodyBytes);
        if (!answer) throw hopeless(name, `the answer is larger than ${maxBodyBytes} bytes`);
        return answer;
      } catch (error) {
        if (request.signal.aborted) throw calledOff(name, error);
        if (deadline.aborted) throw timedOut(name, request.timeoutMs);
        // What fails here failed while the answer was read.
        throw error instanceof StudioError ? error : connectionFailed(name, error, true);
      }
    },
  };
};
