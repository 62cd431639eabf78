import {
  DomainError,
  type Effect,
  type HttpAnswer,
  type HttpRequest,
  nodeKind,
  StudioError,
} from '@studio/contracts';
import { z } from 'zod';

import { retryAfterMs } from './retryAfter.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

const HttpConfig = z.object({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  url: z.url({ protocol: /^https?$/ }).describe('http or https'),
  headers: z.record(z.string(), Scalar).default({}),
  query: z
    .record(z.string(), z.union([Scalar, z.null(), z.array(Scalar)]))
    .default({})
    .describe('Added to the URL; null is left out, a list repeats the name'),
  body: z.unknown().optional().describe('Sent as JSON unless it is text'),
  timeoutMs: z.number().int().min(1).max(600_000).default(30_000),
  idempotent: z
    .boolean()
    .default(false)
    .describe('The other side honours Idempotency-Key, so that a repetition is safe'),
});
type HttpConfig = z.infer<typeof HttpConfig>;

const readsOnly = ({ method }: HttpConfig): boolean => method === 'GET' || method === 'HEAD';

const effectOf = (config: HttpConfig): Effect =>
  readsOnly(config) || config.idempotent ? 'idempotent' : 'unsafe';

const urlOf = ({ url, query }: HttpConfig): URL => {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    if (value === null) continue;
    for (const each of Array.isArray(value) ? value : [value])
      target.searchParams.append(name, String(each));
  }
  return target;
};

/** Neither credentials nor query values: they may be secrets, and messages travel far. */
const nameOf = (method: string, url: URL): string => `${method} ${url.origin}${url.pathname}`;

const headersOf = (config: HttpConfig, idempotencyKey: string): Record<string, string> => {
  const headers = Object.fromEntries(
    Object.entries(config.headers).map(([name, value]) => [name, String(value)]),
  );
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  // The author's own key wins: they may share it with another system.
  if (readsOnly(config) || names.includes('idempotency-key')) return headers;
  return { ...headers, 'Idempotency-Key': idempotencyKey };
};

const isTransient = (status: number): boolean =>
  status === 408 || status === 429 || (status >= 500 && status <= 599);

/** A server that broke, or a gateway that lost it, may have done the work; 408, 429 and 503 say that it did not begin. */
const mayHaveHappened = (status: number): boolean => status >= 500 && status !== 503;

const refuseFailure = (answer: HttpAnswer, name: string): void => {
  if (answer.status < 400) return;
  const message = `${name} answered ${answer.status}`;
  const { status } = answer;
  if (!isTransient(status)) throw new DomainError('http.status', message, { status });
  const wait = retryAfterMs(answer.headers['retry-after'], Date.now());
  throw new StudioError('unavailable', 'http.status', message, {
    extra: { status, outcomeUnknown: mayHaveHappened(status) },
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
};

export const httpRequest = nodeKind({
  kind: 'http-request',
  major: 1,
  type: 'integration',
  title: 'HTTP request',
  description: 'Calls a URL; its output is status, headers and body of the answer.',
  config: HttpConfig,
  effect: effectOf,
  outputs: ['output'],
  run: async ({ config, http, signal, idempotencyKey }) => {
    const url = urlOf(config);
    const request: HttpRequest = {
      method: config.method,
      url: url.href,
      headers: headersOf(config, idempotencyKey),
      timeoutMs: config.timeoutMs,
      signal,
      ...(config.body === undefined || config.body === null || readsOnly(config)
        ? {}
        : { body: config.body }),
    };
    const answer = await http.request(request);
    refuseFailure(answer, nameOf(config.method, url));
    return {
      output: { status: answer.status, headers: answer.headers, body: answer.body },
    };
  },
});
