import { randomBytes } from 'node:crypto';

import { type Clock, plusMs, type UserId, type WorkspaceId } from '@studio/contracts';

import type { Hmac } from './hmac.ts';
import type { Query, StateDatabase } from './stateDatabase.ts';

/** Who a session belongs to. `workspaceId` is the person's own workspace. */
export interface Session {
  readonly sessionId: string;
  readonly userId: UserId;
  readonly workspaceId: WorkspaceId;
}
export interface OpenedSession extends Session {
  /** 256 random bits; the studio keeps its HMAC only. */
  readonly refreshToken: string;
}

/** Signed-in sessions: each a family of refresh tokens, of which only the newest counts. */
export interface Sessions {
  open(session: Session): Promise<OpenedSession>;
  /** Exchanges a refresh token. Null for one that is unknown or expired; reuse of an old one ends its session. */
  rotate(refreshToken: string): Promise<OpenedSession | null>;
  /** The session, or null once it ended. */
  find(sessionId: string): Promise<Session | null>;
  close(sessionId: string): Promise<void>;
}

interface SessionRow {
  session_id: string;
  user_id: UserId;
  workspace_id: WorkspaceId;
}
const sessionOf = (row: SessionRow): Session => ({
  sessionId: row.session_id,
  userId: row.user_id,
  workspaceId: row.workspace_id,
});

/** 32 bytes in base64url. */
const refreshTokenForm = /^[A-Za-z0-9_-]{43}$/;

export const createSessions = (
  database: StateDatabase,
  hmac: Hmac,
  clock: Clock,
  lifetimeMs: number,
): Sessions => {
  const issue = async (query: Query, sessionId: string, now: string): Promise<string> => {
    const token = randomBytes(32).toString('base64url');
    await query(
      'insert into state.refresh_tokens (token_hmac, session_id, issued_at) values ($1, $2, $3)',
      [hmac(token), sessionId, now],
    );
    return token;
  };

  /** Marks the token as used; null when it is no longer (or never was) the one to use. */
  const use = async (query: Query, token: string, now: string): Promise<string | null> => {
    const { rows } = await query<{ session_id: string }>(
      `update state.refresh_tokens set rotated_at = $2 where token_hmac = $1 and rotated_at is null
       returning session_id`,
      [hmac(token), now],
    );
    return rows[0]?.session_id ?? null;
  };

  const endFamilyOf = async (query: Query, token: string): Promise<void> => {
    await query(
      `delete from state.sessions where session_id =
         (select session_id from state.refresh_tokens where token_hmac = $1)`,
      [hmac(token)],
    );
  };

  const extend = async (query: Query, id: string, now: string): Promise<Session | null> => {
    const { rows } = await query<SessionRow>(
      `update state.sessions set expires_at = $2 where session_id = $1 and expires_at > $3
       returning session_id, user_id, workspace_id`,
      [id, plusMs(now, lifetimeMs), now],
    );
    return rows[0] ? sessionOf(rows[0]) : null;
  };

  return {
    open: (session) =>
      database.transaction(async (query) => {
        const now = clock();
        // Ended sessions leave when someone signs in: no job is needed for it.
        await query('delete from state.sessions where expires_at <= $1', [now]);
        await query(
          `insert into state.sessions (session_id, user_id, workspace_id, created_at, expires_at)
           values ($1, $2, $3, $4, $5)`,
          [session.sessionId, session.userId, session.workspaceId, now, plusMs(now, lifetimeMs)],
        );
        return { ...session, refreshToken: await issue(query, session.sessionId, now) };
      }),
    rotate: async (refreshToken) => {
      if (!refreshTokenForm.test(refreshToken)) return null;
      return database.transaction(async (query) => {
        const now = clock();
        const sessionId = await use(query, refreshToken, now);
        if (sessionId === null) {
          await endFamilyOf(query, refreshToken);
          return null;
        }
        const session = await extend(query, sessionId, now);
        // A copy that old would be refused as expired all the same.
        await query('delete from state.refresh_tokens where session_id = $1 and rotated_at <= $2', [
          sessionId,
          plusMs(now, -lifetimeMs),
        ]);
        return session && { ...session, refreshToken: await issue(query, sessionId, now) };
      });
    },
    find: async (sessionId) => {
      const { rows } = await database.query<SessionRow>(
        `select session_id, user_id, workspace_id from state.sessions
         where session_id = $1 and expires_at > $2`,
        [sessionId, clock()],
      );
      return rows[0] ? sessionOf(rows[0]) : null;
    },
    close: async (sessionId) => {
      await database.query('delete from state.sessions where session_id = $1', [sessionId]);
    },
  };
};
