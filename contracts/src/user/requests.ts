import { z } from 'zod';

import { Text } from '../text.ts';

/** An address is one person's name for the studio: trimmed and lower-cased before it is compared. */
export const Email = z
  .string()
  .max(320)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email().max(254))
  .meta({ format: 'email' });

/** POST /auth/request-otp. The purpose changes nothing: any right code signs in, so that no answer tells which addresses are known. */
export const RequestOtp = z.object({
  email: Email,
  purpose: z.enum(['login', 'signup', 'reset']).default('login'),
});

/** POST /auth/verify-otp */
export const VerifyOtp = z.object({ email: Email, code: z.string().regex(/^[0-9]{6}$/) });

/** POST /auth/refresh */
export const RefreshSession = z.object({ refresh_token: z.string().min(1).max(1_000) });

/** PATCH /auth/me: absent and null keep what is there. */
export const ChangeProfile = z.object({
  full_name: Text.max(255).nullish(),
  avatar_url: Text.max(500).nullish(),
});
