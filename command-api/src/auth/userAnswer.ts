import {
  type Erased,
  StudioError,
  type TokenPair,
  type UserId,
  type UserView,
} from '@studio/contracts';
import type { Loaded, User } from '@studio/domain';
import type { Auth, Caller } from '@studio/infra';

const textOf = (value: string | null | Erased): string | null =>
  typeof value === 'string' ? value : null;

/** A person as the API shows them. Error: `auth.inactive_user` for someone who is not registered. */
export const userAnswer = async (
  { administrators }: Pick<Auth, 'administrators'>,
  { state, opened, changed }: Loaded<User>,
): Promise<UserView> => {
  if (state.status === 'unregistered' || !opened || !changed)
    throw new StudioError('unauthenticated', 'auth.inactive_user', 'User not found or inactive');
  return {
    id: state.userId,
    email: textOf(state.email),
    full_name: textOf(state.fullName),
    avatar_url: textOf(state.avatarUrl),
    is_active: true,
    is_verified: true,
    email_verified_at: opened.occurredAt,
    last_login_at: state.lastSignedInAt,
    is_administrator: await administrators.isAdministrator(state.userId as UserId), // a folded id
    workspace_id: state.personalWorkspaceId,
    created_at: opened.occurredAt,
    updated_at: changed.occurredAt,
  };
};

export const tokenAnswer = async (
  { accessTokens, administrators }: Pick<Auth, 'accessTokens' | 'administrators'>,
  session: Pick<Caller, 'userId' | 'sessionId'> & { readonly refreshToken: string },
  user: Loaded<User>,
): Promise<TokenPair> => ({
  user: await userAnswer({ administrators }, user),
  access_token: await accessTokens.issue(session),
  refresh_token: session.refreshToken,
  token_type: 'bearer',
  expires_in: accessTokens.lifetimeSeconds,
});
