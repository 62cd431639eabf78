import { hash } from 'node:crypto';

import type { Clock } from '@studio/contracts';

import type { AccessTokens } from './accessTokens.ts';

const mostKnown = 10_000;

type Verified = Awaited<ReturnType<AccessTokens['verify']>>;

/**
 * Checks a token's signature once: what it says holds until its own end. Whether its session still
 * lives is another question, and not answered here. Tokens are known by their hash.
 */
export const rememberVerified = (
  verify: AccessTokens['verify'],
  clock: Clock,
): AccessTokens['verify'] => {
  const known = new Map<string, NonNullable<Verified>>(); // the first is the oldest
  return async (token) => {
    const name = hash('sha256', token, 'base64url');
    const found = known.get(name);
    // As a token is checked: its last second is the one before `exp`.
    if (found && found.expiresAt > Math.floor(Date.parse(clock()) / 1_000)) return found;
    known.delete(name);
    const verified = await verify(token);
    if (verified) known.set(name, verified);
    const oldest = known.keys().next();
    if (known.size > mostKnown && !oldest.done) known.delete(oldest.value);
    return verified;
  };
};
