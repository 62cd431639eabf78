import type { UserId } from '@studio/contracts';

import type { Hmac } from './hmac.ts';
import type { StateDatabase } from './stateDatabase.ts';

/** Who looks after the instance as a whole. */
export interface Administrators {
  isAdministrator(userId: UserId): Promise<boolean>;
}

/** Those with these addresses, in lower case; `first account`: whoever signed in first; null: nobody. */
export type NamedAdministrators = readonly string[] | 'first account' | null;

const byAddress = `select 1 from state.accounts where user_id = $1 and email_hmac = any ($2)`;
const byAge = `select 1 from state.accounts where user_id = $1
  and user_id = (select user_id from state.accounts order by created_at, user_id limit 1)`;

export const createAdministrators = (
  { query }: StateDatabase,
  hmac: Hmac,
  named: NamedAdministrators,
): Administrators => {
  const [sql, more] =
    named === 'first account' ? [byAge, []] : [byAddress, [named?.map((email) => hmac(email))]];
  return {
    isAdministrator: async (userId) =>
      named !== null && (await query(sql, [userId, ...more])).rowCount === 1,
  };
};
