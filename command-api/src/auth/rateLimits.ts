import { StudioError } from '@studio/contracts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** At most `points` requests in `seconds`, counted for each address of the network and for each e-mail on its own. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}
export interface RateLimits {
  readonly requestOtp: RateLimit;
  readonly verifyOtp: RateLimit;
}

export const defaultRateLimits: RateLimits = {
  requestOtp: { points: 5, seconds: 900 },
  verifyOtp: { points: 10, seconds: 900 },
};

/** Counts one try of each key. Error: `auth.rate_limited` with the time to wait. */
export type CountTry = (...keys: readonly string[]) => Promise<void>;

export const createCountTry = ({ points, seconds }: RateLimit, detail: string): CountTry => {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  const count = async (key: string): Promise<void> => {
    try {
      await limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new StudioError('rate_limited', 'auth.rate_limited', detail, {
        retryAfterMs: error.msBeforeNext,
      });
    }
  };
  return async (...keys) => {
    for (const key of keys) await count(key);
  };
};
