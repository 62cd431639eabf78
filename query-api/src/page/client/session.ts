import type { TokenPair } from '@studio/contracts';

import { shareLeft } from './quota.ts';
import { Refused, send, SignedOut } from './request.ts';

/** What is kept in the tab, so that a reload stays signed in; closing the tab forgets it. */
interface Kept {
  readonly access: string;
  readonly refresh: string;
  /** Milliseconds of the reader's clock. */
  readonly endsAt: number;
  readonly email: string;
  readonly workspaceId: string;
  /** Of the studio: `/ops` is open to them. */
  readonly isAdministrator: boolean;
}

export interface Session {
  readonly person: () => Pick<Kept, 'email' | 'workspaceId' | 'isAdministrator'> | null;
  requestCode(email: string): Promise<void>;
  verify(email: string, code: string): Promise<void>;
  /** An access token that lasts a little longer; `renewed` does not trust the one we have. Throws SignedOut. */
  token(renewed?: boolean): Promise<string>;
  /** Throws SignedOut, Unreachable or Refused. */
  get<Answer>(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Which share of the requests that the person has in an hour is left. */
  readonly shareLeft: () => number;
  signOut(): Promise<void>;
}

const storageKey = 'studio-session';
const marginMs = 30_000;

const keptBefore = (): Kept | null => {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Kept | null; // we wrote it
  } catch {
    return null; // no storage here: a reload signs out
  }
};

const keep = (kept: Kept | null): void => {
  try {
    if (kept) sessionStorage.setItem(storageKey, JSON.stringify(kept));
    else sessionStorage.removeItem(storageKey);
  } catch {
    // No storage here: it stays in memory.
  }
};

const keptOf = ({ access_token, refresh_token, expires_in, user }: TokenPair): Kept => ({
  access: access_token,
  refresh: refresh_token,
  endsAt: Date.now() + expires_in * 1_000,
  email: user.email ?? '',
  workspaceId: user.workspace_id,
  isAdministrator: user.is_administrator,
});

const isOver = (error: unknown): boolean => error instanceof Refused && error.status === 401;

/** `onEnd` is told when the person has to sign in again. */
export const createSession = (api: string, onEnd: () => void): Session => {
  let kept = keptBefore();
  let refreshing: Promise<string> | null = null;
  let left = 1;

  const set = (next: Kept | null): void => {
    kept = next;
    keep(next);
  };

  const end = (): SignedOut => {
    const wasIn = kept !== null;
    set(null);
    if (wasIn) onEnd();
    return new SignedOut();
  };

  const refresh = async ({ refresh: refresh_token }: Kept): Promise<string> => {
    try {
      const pair = await send<TokenPair>(`${api}/auth/refresh`, { body: { refresh_token } });
      set(keptOf(pair));
      return pair.access_token;
    } catch (error) {
      throw isOver(error) ? end() : error;
    }
  };

  const token: Session['token'] = async (renewed = false) => {
    if (!kept) throw new SignedOut();
    if (!renewed && Date.now() < kept.endsAt - marginMs) return kept.access;
    // A refresh token is good for one use: whoever needs it meanwhile waits for the same answer.
    refreshing ??= refresh(kept).finally(() => (refreshing = null));
    return refreshing;
  };

  const getWith = <Answer>(
    access: string,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> =>
    send<Answer>(`${api}${path}`, {
      headers: { ...headers, Authorization: `Bearer ${access}` },
      onAnswer: (told) => (left = shareLeft(told)),
    });

  return {
    token,
    person: () => kept,
    shareLeft: () => left,
    requestCode: async (email) => {
      await send(`${api}/auth/request-otp`, { body: { email, purpose: 'login' } });
    },
    verify: async (email, code) => {
      set(keptOf(await send<TokenPair>(`${api}/auth/verify-otp`, { body: { email, code } })));
    },
    get: async <Answer>(path: string, headers = {}) => {
      const access = await token();
      try {
        return await getWith<Answer>(access, path, headers);
      } catch (error) {
        if (!isOver(error)) throw error;
        return getWith<Answer>(await token(kept?.access === access), path, headers);
      }
    },
    signOut: async () => {
      const access = kept?.access;
      end();
      if (access !== undefined)
        await send(`${api}/auth/logout`, {
          body: {},
          headers: { Authorization: `Bearer ${access}` },
        }).catch(() => undefined); // out of reach: the token ends by itself
    },
  };
};
