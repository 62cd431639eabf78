import { z } from 'zod';

/** An instant: UTC with milliseconds and `Z`, so that instants compare as strings. */
export const Instant = z.iso.datetime({ precision: 3 });

const zoneless = /T[^Z+-]*$/;

/**
 * The Instant that an ISO 8601 text means, UTC where it has no offset. Null for one before 1970 or
 * after 9999: such an instant does not compare as a string, and not every store can hold it.
 */
export const instantOf = (text: string): string | null => {
  const at = new Date(zoneless.test(text) ? `${text}Z` : text);
  const isWithin = at.getTime() >= 0 && at.getUTCFullYear() <= 9_999;
  return isWithin ? at.toISOString() : null;
};

/** The instant so many milliseconds later. */
export const plusMs = (instant: string, ms: number): string =>
  new Date(Date.parse(instant) + ms).toISOString();

/** Who caused an event: a signed-in person, or a part of the studio itself. */
export const Actor = z.object({
  kind: z.enum(['user', 'system', 'executor', 'webhook', 'schedule', 'trigger']),
  id: z.string(),
});
export type Actor = z.infer<typeof Actor>;

/** What is known of an event beside the fact itself. Stored as JSON text, hashed as the bytes it was written with. */
export const Metadata = z.object({
  /** One id for everything that follows from one request. */
  correlationId: z.string(),
  /** The event or command that directly caused this one. */
  causationId: z.string(),
  commandId: z.string(),
  /** HMAC of the request that an Idempotency-Key stands for. */
  requestHash: z.string().optional(),
  actor: Actor,
  workspaceId: z.string(),
  /** W3C trace context of the request, if it had one. */
  traceparent: z.string().optional(),
  /** Version of the shape of `data`; older ones are upcast where events are read. */
  schemaVersion: z.number().int().min(1),
  occurredAt: Instant,
});
export type Metadata = z.infer<typeof Metadata>;

/** Limits of the log, in bytes of UTF-8 (design.md section 4). */
export const claimCheckThresholdBytes = 64 * 1024;
export const maxAppendBytes = 512 * 1024;
