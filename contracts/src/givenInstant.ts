import { z } from 'zod';

import { instantOf } from './envelope.ts';

/** An ISO 8601 text of a client, UTC where it has no offset; an Instant from here on. */
export const GivenInstant = z.iso
  .datetime({ offset: true, local: true })
  .refine((text) => instantOf(text) !== null, {
    error: 'Not an instant of the years 1970 to 9999',
  })
  .transform((text) => instantOf(text) ?? text);
