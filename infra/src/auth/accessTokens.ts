import type { Clock, NewId } from '@studio/contracts';
import { calculateJwkThumbprint, exportJWK, type JWK, jwtVerify, SignJWT } from 'jose';

import { signingKeyOf } from '../keys/signingKey.ts';
import { rememberVerified } from './knownTokens.ts';

const issuer = 'agent-orchestration-studio';
const algorithm = 'EdDSA';

/** What an access token says: nothing of the person but their id. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** Short-lived bearer tokens: JWTs signed with Ed25519. */
export interface AccessTokens {
  /** Seconds from issue to end. */
  readonly lifetimeSeconds: number;
  issue(claims: AccessClaims): Promise<string>;
  /** The claims, and the second at which the token ends; null for anything that is not a valid access token of ours. */
  verify(token: string): Promise<(AccessClaims & { readonly expiresAt: number }) | null>;
  /** The public key as a JWK Set (RFC 7517), for `/.well-known/jwks.json`. */
  readonly jwks: { readonly keys: readonly JWK[] };
}

export interface AccessTokenParts {
  /** 32 secret bytes, the same in every process of one studio. */
  readonly seed: Uint8Array;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly lifetimeSeconds: number;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const createAccessTokens = async (parts: AccessTokenParts): Promise<AccessTokens> => {
  const { clock, newId, lifetimeSeconds } = parts;
  const { privateKey, publicKey } = signingKeyOf(parts.seed);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const now = (): number => Math.floor(Date.parse(clock()) / 1_000);
  const verify: AccessTokens['verify'] = async (token) => {
    const verified = await jwtVerify(token, publicKey, {
      algorithms: [algorithm],
      issuer,
      requiredClaims: ['exp', 'sub', 'sid', 'jti'],
      currentDate: new Date(clock()),
    }).catch(() => null); // whatever is wrong with it, the caller has no valid token
    if (!verified) return null;
    const { sub, sid, type, exp } = verified.payload;
    if (!isText(sub) || !isText(sid) || type !== 'access' || exp === undefined) return null;
    return { userId: sub, sessionId: sid, expiresAt: exp };
  };
  return {
    lifetimeSeconds,
    verify: rememberVerified(verify, clock),
    jwks: { keys: [{ ...jwk, kid, alg: algorithm, use: 'sig' }] },
    issue: ({ userId, sessionId }) =>
      new SignJWT({ sid: sessionId, type: 'access' })
        .setProtectedHeader({ alg: algorithm, kid })
        .setIssuer(issuer)
        .setSubject(userId)
        .setJti(newId())
        .setIssuedAt(now())
        .setExpirationTime(now() + lifetimeSeconds)
        .sign(privateKey),
  };
};
