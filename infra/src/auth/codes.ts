import type { Clock } from '@studio/contracts';
import { plusMs } from '@studio/contracts';

import type { Hmac } from './hmac.ts';
import type { StateDatabase } from './stateDatabase.ts';

export interface StoredCode {
  /** argon2id, in its own encoded form. */
  readonly hash: string;
  readonly expired: boolean;
}

/** The one-time codes that are out: one for each address, the newest. */
export interface Codes {
  store(email: string, hash: string): Promise<void>;
  /** Counts an attempt and answers the code to compare with; null when there is none or its attempts are used up. */
  attempt(email: string): Promise<StoredCode | null>;
  /** Uses the code up. False when someone else did so first. */
  consume(email: string, hash: string): Promise<boolean>;
}

export interface CodeLimits {
  readonly lifetimeMs: number;
  readonly mostAttempts: number;
}

export const createCodes = (
  database: StateDatabase,
  hmac: Hmac,
  clock: Clock,
  { lifetimeMs, mostAttempts }: CodeLimits,
): Codes => ({
  store: async (email, hash) => {
    const now = clock();
    await database.query(
      `insert into state.codes (email_hmac, code_hash, created_at, expires_at) values ($1, $2, $3, $4)
       on conflict (email_hmac) do update set code_hash = excluded.code_hash,
         created_at = excluded.created_at, expires_at = excluded.expires_at, attempts = 0`,
      [hmac(email), hash, now, plusMs(now, lifetimeMs)],
    );
  },
  attempt: async (email) => {
    const { rows } = await database.query<{ code_hash: string; expired: boolean }>(
      `update state.codes set attempts = attempts + 1 where email_hmac = $1 and attempts < $2
       returning code_hash, expires_at <= $3::timestamptz as expired`,
      [hmac(email), mostAttempts, clock()],
    );
    return rows[0] ? { hash: rows[0].code_hash, expired: rows[0].expired } : null;
  },
  consume: async (email, hash) => {
    const { rowCount } = await database.query(
      'delete from state.codes where email_hmac = $1 and code_hash = $2',
      [hmac(email), hash],
    );
    return rowCount === 1;
  },
});
