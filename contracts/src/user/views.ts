import { z } from 'zod';

import { Instant } from '../envelope.ts';

/** A person as the API shows them. `email` is null once the person's data was erased. */
export const UserView = z.object({
  id: z.string(),
  email: z.string().nullable(),
  full_name: z.string().nullable(),
  avatar_url: z.string().nullable(),
  is_active: z.boolean(),
  is_verified: z.boolean(),
  email_verified_at: Instant.nullable(),
  last_login_at: Instant.nullable(),
  /** True for who looks after the studio as a whole: `/ops` is open to them. */
  is_administrator: z.boolean(),
  /** The workspace that is the person's own; the default for everything they create. */
  workspace_id: z.string(),
  created_at: Instant,
  updated_at: Instant,
});
export type UserView = z.infer<typeof UserView>;

/** `expires_in`: seconds until the access token ends. */
export const TokenPair = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('bearer'),
  expires_in: z.number().int(),
  user: UserView,
});
export type TokenPair = z.infer<typeof TokenPair>;
