import { randomBytes } from 'node:crypto';

import { type Clock, plusMs, type UserId, type WorkspaceId } from '@studio/contracts';
import type { Pool, PoolClient } from 'pg';

import type { Hmac } from './hmac.ts';

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

const inTransaction = async <T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error('rollback failed');
    });
    throw error;
  } finally {
    client.release(broken);
  }
};

export const createSessions = (
  pool: Pool,
  hmac: Hmac,
  clock: Clock,
  lifetimeMs: number,
): Sessions => {
  const issue = async (client: PoolClient, sessionId: string, now: string): Promise<string> => {
    const token = randomBytes(32).toString('base64url');
    await client.query(
      'insert into state.refresh_tokens (token_hmac, session_id, issued_at) values ($1, $2, $3)',
      [hmac(token), sessionId, now],
    );
    return token;
  };

  /** Marks the token as used; null when it is no longer (or never was) the one to use. */
  const use = async (client: PoolClient, token: string, now: string): Promise<string | null> => {
    const { rows } = await client.query<{ session_id: string }>(
      `update state.refresh_tokens set rotated_at = $2 where token_hmac = $1 and rotated_at is null
       returning session_id`,
      [hmac(token), now],
    );
    return rows[0]?.session_id ?? null;
  };

  const endFamilyOf = async (client: PoolClient, token: string): Promise<void> => {
    await client.query(
      `delete from state.sessions where session_id =
         (select session_id from state.refresh_tokens where token_hmac = $1)`,
      [hmac(token)],
    );
  };

  const extend = async (client: PoolClient, id: string, now: string): Promise<Session | null> => {
    const { rows } = await client.query<SessionRow>(
      `update state.sessions set expires_at = $2 where session_id = $1 and expires_at > $3
       returning session_id, user_id, workspace_id`,
      [id, plusMs(now, lifetimeMs), now],
    );
    return rows[0] ? sessionOf(rows[0]) : null;
  };

  return {
    open: (session) =>
      inTransaction(pool, async (client) => {
        const now = clock();
        // Ended sessions leave when someone signs in: no job is needed for it.
        await client.query('delete from state.sessions where expires_at <= $1', [now]);
        await client.query(
          `insert into state.sessions (session_id, user_id, workspace_id, created_at, expires_at)
           values ($1, $2, $3, $4, $5)`,
          [session.sessionId, session.userId, session.workspaceId, now, plusMs(now, lifetimeMs)],
        );
        return { ...session, refreshToken: await issue(client, session.sessionId, now) };
      }),
    rotate: async (refreshToken) => {
      if (!refreshTokenForm.test(refreshToken)) return null;
      return inTransaction(pool, async (client) => {
        const now = clock();
        const sessionId = await use(client, refreshToken, now);
        if (sessionId === null) {
          await endFamilyOf(client, refreshToken);
          return null;
        }
        const session = await extend(client, sessionId, now);
        // A copy that old would be refused as expired all the same.
        await client.query(
          'delete from state.refresh_tokens where session_id = $1 and rotated_at <= $2',
          [sessionId, plusMs(now, -lifetimeMs)],
        );
        return session && { ...session, refreshToken: await issue(client, sessionId, now) };
      });
    },
    find: async (sessionId) => {
      const { rows } = await pool.query<SessionRow>(
        `select session_id, user_id, workspace_id from state.sessions
         where session_id = $1 and expires_at > $2`,
        [sessionId, clock()],
      );
      return rows[0] ? sessionOf(rows[0]) : null;
    },
    close: async (sessionId) => {
      await pool.query('delete from state.sessions where session_id = $1', [sessionId]);
    },
  };
};
