import type { Clock, NewId } from '@studio/contracts';
import type { Pool } from 'pg';

import { type AccessTokens, createAccessTokens } from './accessTokens.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import {
  type Administrators,
  createAdministrators,
  type NamedAdministrators,
} from './administrators.ts';
import { type Authenticator, createAuthenticator } from './authenticate.ts';
import { type Codes, createCodes } from './codes.ts';
import { createHmacOf, type Hmac } from './hmac.ts';
import { addressHmacOf } from './people.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createStateDatabase } from './stateDatabase.ts';

/** Everything about signing in that is kept beside the log, in `state`. */
export interface Auth {
  readonly accounts: Accounts;
  readonly codes: Codes;
  readonly sessions: Sessions;
  readonly accessTokens: AccessTokens;
  readonly authenticator: Authenticator;
  readonly administrators: Administrators;
  /** Stands for a request's body beside an Idempotency-Key. */
  readonly requestHmac: Hmac;
  /** What the addresses and the secrets of webhooks are made of. */
  readonly webhookHmac: Hmac;
  /** What makes the addresses of callbacks ours. */
  readonly callbackHmac: Hmac;
  /** By what runs are found that somebody named. */
  readonly nameHmac: Hmac;
  /** How long a code counts, seconds. */
  readonly codeLifetimeSeconds: number;
}

export interface AuthParts {
  readonly pool: Pool;
  /** Derives 32 secret bytes for a purpose from the master key. */
  readonly deriveKey: (purpose: string) => Uint8Array;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly accessTokenSeconds?: number;
  readonly refreshTokenSeconds?: number;
  readonly codeSeconds?: number;
  /** Wrong guesses after which a code is dead. */
  readonly codeAttempts?: number;
  readonly sessionCacheMs?: number;
  /** Default: nobody. */
  readonly administrators?: NamedAdministrators;
}

export const createAuth = async (parts: AuthParts): Promise<Auth> => {
  const { deriveKey, clock, newId, codeSeconds = 300, codeAttempts = 5 } = parts;
  const refreshSeconds = parts.refreshTokenSeconds ?? 7 * 86_400;
  const hmacFor = (purpose: string): Hmac => createHmacOf(deriveKey(purpose));
  const addressHmac = addressHmacOf(deriveKey);
  const database = createStateDatabase(parts.pool);
  const tokenHmac = hmacFor('studio/refresh-tokens/1');
  const sessions = createSessions(database, tokenHmac, clock, refreshSeconds * 1_000);
  const accessTokens = await createAccessTokens({
    ...{ seed: deriveKey('studio/access-tokens/1'), clock, newId },
    lifetimeSeconds: parts.accessTokenSeconds ?? 900,
  });
  return {
    accounts: createAccounts(database, addressHmac, clock),
    codes: createCodes(database, addressHmac, clock, {
      lifetimeMs: codeSeconds * 1_000,
      mostAttempts: codeAttempts,
    }),
    sessions,
    accessTokens,
    authenticator: createAuthenticator({
      ...{ accessTokens, sessions },
      ...(parts.sessionCacheMs === undefined ? {} : { cacheMs: parts.sessionCacheMs }),
    }),
    administrators: createAdministrators(database, addressHmac, parts.administrators ?? null),
    requestHmac: hmacFor('studio/requests/1'),
    webhookHmac: hmacFor('studio/webhooks/1'),
    callbackHmac: hmacFor('studio/callbacks/1'),
    nameHmac: hmacFor('studio/run-names/1'),
    codeLifetimeSeconds: codeSeconds,
  };
};
