import { z } from 'zod';

import { Instant } from '../envelope.ts';
import { sealed } from '../sealed.ts';

export const userEvents = {
  /** A person's account came to be, by the first right code for an e-mail. `keyId` names the person's data key. */
  UserRegistered: z.object({
    userId: z.string(),
    keyId: z.string(),
    personalWorkspaceId: z.string(),
    email: sealed('user', z.string()),
  }),
  UserSignedIn: z.object({ userId: z.string(), signedInAt: Instant }),
  UserSignedOut: z.object({ userId: z.string() }),
  UserProfileChanged: z.object({
    userId: z.string(),
    fullName: sealed('user', z.string().nullable()),
    avatarUrl: sealed('user', z.string().nullable()),
  }),
} as const;
