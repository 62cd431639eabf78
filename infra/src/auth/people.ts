import type { Clock, NewId, People, UserId } from '@studio/contracts';
import type { Pool } from 'pg';

import { createAccounts } from './accounts.ts';
import { createHmacOf, type Hmac } from './hmac.ts';
import { createStateDatabase } from './stateDatabase.ts';

/** What stands for an e-mail address. */
export const addressHmacOf = (deriveKey: (purpose: string) => Uint8Array): Hmac =>
  createHmacOf(deriveKey('studio/addresses/1'));

export interface PeopleParts {
  readonly pool: Pool;
  /** Derives 32 secret bytes for a purpose from the master key. */
  readonly deriveKey: (purpose: string) => Uint8Array;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** People by their addresses, for a process that signs nobody in. */
export const createPeople = ({ pool, deriveKey, clock, newId }: PeopleParts): People => {
  const accounts = createAccounts(createStateDatabase(pool), addressHmacOf(deriveKey), clock);
  return {
    accountOf: (email) => accounts.reserve(email, newId() as UserId), // as when somebody signs in
  };
};
