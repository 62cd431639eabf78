import { z } from 'zod';

/** Text that people name things by: NUL and lone surrogates are refused, since no column and no file name can hold them. */
export const Text = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), {
    error: 'Text must not hold NUL characters or lone surrogates',
  })
  .meta({ pattern: String.raw`^[^\u0000]*$` });

/** A UUID as a client may write it; lower-case from here on. */
export const Uuid = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.uuid())
  .meta({ format: 'uuid' });
