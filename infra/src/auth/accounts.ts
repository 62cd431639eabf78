import type { Clock, UserId } from '@studio/contracts';

import type { Hmac } from './hmac.ts';
import type { StateDatabase } from './stateDatabase.ts';

/** Which account an address belongs to. Holds the address as an HMAC only. */
export interface Accounts {
  /** The account of the address; `candidate` becomes it when there was none. */
  reserve(email: string, candidate: UserId): Promise<UserId>;
}

export const createAccounts = (database: StateDatabase, hmac: Hmac, clock: Clock): Accounts => ({
  reserve: async (email, candidate) => {
    // The update changes nothing and makes the row that is there come back.
    const { rows } = await database.query<{ user_id: UserId }>(
      `insert into state.accounts as account (email_hmac, user_id, created_at) values ($1, $2, $3)
       on conflict (email_hmac) do update set user_id = account.user_id returning user_id`,
      [hmac(email), candidate, clock()],
    );
    return rows[0]?.user_id ?? candidate;
  },
});
