import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** At most `points` requests of one key in `seconds`, which begin with its first; no limit when `points` is 0. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}

/** What is left to a key after a request was counted. */
export interface Quota {
  readonly allowed: boolean;
  /** Infinity: there is no limit. */
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the key has its whole limit again. */
  readonly resetMs: number;
}

/** Counts requests by key. The memory of this process does for one; several share a count through another adapter. */
export interface RateLimiter {
  /** Counts one request. A refused one counts too, and prolongs nothing. */
  take(key: string): Promise<Quota>;
}

const unlimited: Quota = { allowed: true, limit: Infinity, remaining: Infinity, resetMs: 0 };

/** Keys are forgotten when their window ends, so memory is bounded by the keys of one window. */
export const createMemoryRateLimiter = ({ points, seconds }: RateLimit): RateLimiter => {
  if (points === 0) return { take: () => Promise.resolve(unlimited) };
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  const quota = (allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Quota => ({
    ...{ allowed, limit: points, remaining: remainingPoints, resetMs: msBeforeNext },
  });
  return {
    take: (key) =>
      limiter.consume(key).then(
        (left) => quota(true, left),
        (refused: unknown) => {
          if (refused instanceof RateLimiterRes) return quota(false, refused);
          throw refused;
        },
      ),
  };
};
