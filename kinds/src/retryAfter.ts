const maxWaitMs = 24 * 60 * 60 * 1000;

/** What a `Retry-After` header asks for, in milliseconds: seconds or a date (RFC 9110, 10.2.3). At most a day. */
export const retryAfterMs = (header: string | undefined, nowMs: number): number | undefined => {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), maxWaitMs);
};
