import { StudioError, type UserId, type WorkspaceId } from '@studio/contracts';

import type { AccessTokens } from './accessTokens.ts';
import type { Session, Sessions } from './sessions.ts';

/** The signed-in person behind a request. `workspaceId` is their own workspace. */
export interface Caller {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly workspaceId: WorkspaceId;
  /** Unix second at which the token ends; a socket closes then. */
  readonly expiresAt: number;
}

/** Says who a bearer token belongs to. Both apps use it. */
export interface Authenticator {
  /** Takes the value of an Authorization header. Error: `auth.missing_token`, `auth.invalid_token`. */
  authenticate(authorization: string | undefined): Promise<Caller>;
  /** Takes the bare access token, as sockets send it. Error: `auth.invalid_token`. */
  authenticateToken(token: string): Promise<Caller>;
  /** The session ended here: its tokens are refused at once. Elsewhere they are within `cacheMs`. */
  drop(sessionId: string): void;
}

export interface AuthenticatorParts {
  readonly accessTokens: AccessTokens;
  readonly sessions: Sessions;
  /** How long a session seen alive is believed to be so, milliseconds of the monotonic clock; default 2,000. */
  readonly cacheMs?: number;
}

const mostCached = 10_000;

const refused = (): StudioError =>
  new StudioError('unauthenticated', 'auth.invalid_token', 'Could not validate credentials');

export const createAuthenticator = (parts: AuthenticatorParts): Authenticator => {
  const { accessTokens, sessions, cacheMs = 2_000 } = parts;
  const seen = new Map<string, { readonly session: Session; readonly until: number }>();
  /** Look-ups under way, shared by all requests of a session that come meanwhile. */
  const asked = new Map<string, Promise<Session | null>>();
  /** Raised by every drop, so that a look-up that was under way is not remembered. */
  let drops = 0;

  const lookUp = async (sessionId: string): Promise<Session | null> => {
    const dropsBefore = drops;
    const session = await sessions.find(sessionId);
    seen.delete(sessionId);
    if (session && drops === dropsBefore)
      seen.set(sessionId, { session, until: performance.now() + cacheMs });
    const oldest = seen.keys().next();
    if (seen.size > mostCached && !oldest.done) seen.delete(oldest.value);
    return session;
  };

  const alive = (sessionId: string): Session | Promise<Session | null> => {
    const cached = seen.get(sessionId);
    if (cached && cached.until > performance.now()) return cached.session;
    const shared = asked.get(sessionId);
    if (shared) return shared;
    const asking = lookUp(sessionId).finally(() => {
      if (asked.get(sessionId) === asking) asked.delete(sessionId);
    });
    asked.set(sessionId, asking);
    return asking;
  };

  const authenticateToken = async (token: string): Promise<Caller> => {
    const claims = await accessTokens.verify(token);
    const session = claims && (await alive(claims.sessionId));
    if (!claims || session?.userId !== claims.userId) throw refused();
    return { ...session, expiresAt: claims.expiresAt };
  };

  return {
    authenticateToken,
    authenticate: async (authorization) => {
      const [scheme, token, ...rest] = (authorization ?? '').split(' ');
      if (scheme?.toLowerCase() !== 'bearer' || token === undefined || rest.length > 0)
        throw new StudioError('unauthenticated', 'auth.missing_token', 'Not authenticated');
      return authenticateToken(token);
    },
    drop: (sessionId) => {
      drops += 1;
      seen.delete(sessionId);
      asked.delete(sessionId); // what was read before is for those who asked before
    },
  };
};
