import type { StoredEvent } from '@studio/contracts';
import { z } from 'zod';

/** Line ends to some readers, and nothing special to JSON. */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;

/** An event as one line of JSON, for files that outlive the store. Its texts stay what was hashed. */
export const eventLine = ({ position, ...event }: StoredEvent): string => {
  const { stream, revision, eventId, type, data, metadata, hash } = event;
  const place = { position: position.toString(), stream, revision };
  const line = JSON.stringify({ ...place, eventId, type, data, metadata, hash });
  return line.replace(/[\u2028\u2029]/g, escaped);
};

const Line = z.object({
  position: z
    .string()
    .regex(/^\d{1,19}$/)
    .transform(BigInt),
  stream: z.custom<StoredEvent['stream']>((name) => typeof name === 'string' && name !== ''),
  revision: z.int().nonnegative(),
  eventId: z.string(),
  type: z.string(),
  data: z.string(),
  metadata: z.string(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Throws for a line that no `eventLine` wrote. */
export const eventOfLine = (line: string): StoredEvent => Line.parse(JSON.parse(line));
