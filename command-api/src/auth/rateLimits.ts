import type { RateLimit } from '@studio/infra';
import { countRequest, createMemoryRateLimiter } from '@studio/infra/http';
import type { Response } from 'express';

/** Counted for each address of the network and for each e-mail on its own. */
export interface RateLimits {
  readonly requestOtp: RateLimit;
  readonly verifyOtp: RateLimit;
}

export const defaultRateLimits: RateLimits = {
  requestOtp: { points: 5, seconds: 900 },
  verifyOtp: { points: 10, seconds: 900 },
};

/** Counts one try of each key and tells the client what is left. Error: `auth.rate_limited` with the time to wait. */
export type CountTry = (response: Response, ...keys: readonly string[]) => Promise<void>;

export const createCountTry = (limit: RateLimit, detail: string): CountTry => {
  const limiter = createMemoryRateLimiter(limit);
  return (response, ...keys) =>
    countRequest(response, limiter, keys, { code: 'auth.rate_limited', detail });
};
