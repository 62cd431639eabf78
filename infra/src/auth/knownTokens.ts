import { hash } from 'node:crypto';

import type { Clock } from '@studio/contracts';

const mostKnown = 10_000;

/** What a token says, if it is one; it ends at a second of Unix time. */
type Verify<Claims> = (token: string) => Promise<Claims | null>;

/**
 * Checks a token's signature once: what it says holds until its own end. Whether its session still
 * lives is another question, and not answered here. Tokens are known by their hash.
 */
export const rememberVerified = <Claims extends { readonly expiresAt: number }>(
  verify: Verify<Claims>,
  clock: Clock,
): Verify<Claims> => {
  const known = new Map<string, Claims>(); // the first is the oldest
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
