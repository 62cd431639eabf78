import { isIPv6 } from 'node:net';

import { type ErrorCode, StudioError } from '@studio/contracts';
import type { RequestHandler, Response } from 'express';

import type { Authenticator } from '../auth/authenticate.ts';
import { callerOf } from './caller.ts';
import { createMemoryRateLimiter, type Quota, type RateLimiter } from './rateLimiter.ts';

const secondsOf = (ms: number): string => String(Math.max(0, Math.ceil(ms / 1_000)));

/** `RateLimit-*` as the drafts of the IETF had them up to 07, and as clients of FastAPI and Express know them. */
const tellQuota = (response: Response, { limit, remaining, resetMs }: Quota): void => {
  if (limit === Infinity) return;
  // Where several limits count a request, the client hears of the one that it meets first.
  const told = response.getHeader('RateLimit-Remaining');
  if (told !== undefined && Number(told) <= remaining) return;
  response.setHeader('RateLimit-Limit', String(limit));
  response.setHeader('RateLimit-Remaining', String(remaining));
  response.setHeader('RateLimit-Reset', secondsOf(resetMs));
};

export interface Refusal {
  readonly code: ErrorCode;
  /** What the problem document says. */
  readonly detail: string;
}

/** Counts a request under one key after the other and tells the client what is left. Error: the refusal, 429. */
export const countRequest = async (
  response: Response,
  limiter: RateLimiter,
  keys: readonly string[],
  { code, detail }: Refusal,
): Promise<void> => {
  for (const key of keys) {
    const quota = await limiter.take(key);
    tellQuota(response, quota);
    if (!quota.allowed)
      throw new StudioError('rate_limited', code, detail, { retryAfterMs: quota.resetMs });
  }
};

const mapped = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/** What counts as one client: an IPv4 address, or the /64 that every customer has in IPv6. */
export const clientKey = (address: string | undefined): string => {
  const bare = (address ?? '').replace(mapped, '').replace(/%.*$/, '');
  if (!isIPv6(bare)) return `ip:${bare}`;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `ip:${network.join(':')}::/64`;
};

export interface PeopleLimits {
  readonly authenticator: Pick<Authenticator, 'authenticate'>;
  /** Where the API begins: what lies outside is not counted. */
  readonly prefix: string;
  /** Requests of one person in an hour; 0: any number. */
  readonly hourly: { readonly general: number; readonly ai: number };
}

const hour = 3_600;
const refusal = (points: number): Refusal => ({
  code: 'request.rate_limited',
  detail: `${points} per 1 hour`,
});

/** Requests that call a model on the person's word alone, outside of any run. */
const callsAModel = (method: string, path: string): boolean =>
  method === 'POST' && (/^\/tools\/ai\//.test(path) || /^\/agents\/[^/]+\/test$/.test(path));

/**
 * Counts what a signed-in person asks of the API, and leaves their id in `response.locals.userId`.
 * Whoever is not signed in passes: their route refuses them.
 */
export const limitPeople = (limits: PeopleLimits): RequestHandler => {
  const { authenticator, prefix, hourly } = limits;
  const inside = `${prefix}/`.toLowerCase();
  const general = createMemoryRateLimiter({ points: hourly.general, seconds: hour });
  const ai = createMemoryRateLimiter({ points: hourly.ai, seconds: hour });
  return async (request, response, next) => {
    const authorization = request.get('Authorization');
    const path = request.path.toLowerCase(); // routes match in any case
    if (authorization !== undefined && path.startsWith(inside)) {
      const caller = await callerOf(authenticator, request).catch(() => null);
      if (caller) {
        response.locals['userId'] = caller.userId;
        await countRequest(response, general, [caller.userId], refusal(hourly.general));
        if (callsAModel(request.method, path.slice(prefix.length)))
          await countRequest(response, ai, [caller.userId], refusal(hourly.ai));
      }
    }
    next();
  };
};
