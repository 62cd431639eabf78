import { type KeyObject, sign, verify } from 'node:crypto';

import { z } from 'zod';

import { deriveKey, type MasterKey } from '../keys/masterKey.ts';
import { type SigningKey, signingKeyOf } from '../keys/signingKey.ts';
import type { BlockEnd } from './logDigest.ts';

/** What the log was at an instant: how far it reached, and the digest of all that it held. */
export interface LogHead {
  readonly storeId: string;
  readonly position: bigint;
  readonly events: number;
  readonly digest: string;
  readonly block: BlockEnd;
  readonly signedAt: string;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const position = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);
const count = z.int().nonnegative();

const Statement = z.object({
  v: z.literal(1),
  storeId: z.string(),
  ...{ position, events: count, digest: sha256 },
  block: z.object({ position, events: count, digest: sha256 }),
  signedAt: z.string(),
});

/** The key that signs heads, derived from the master key. */
export const headSigningKey = (master: MasterKey): SigningKey =>
  signingKeyOf(deriveKey(master, 'studio/log-heads/1'));

const textOf = ({ storeId, block, ...head }: LogHead): string =>
  JSON.stringify({
    v: 1,
    storeId,
    ...head,
    position: head.position.toString(),
    block: { ...block, position: block.position.toString() },
  });

/** Two lines: the statement as JSON, and the base64 of its Ed25519 signature. */
export const signHead = (head: LogHead, { privateKey }: SigningKey): string => {
  const text = textOf(head);
  return `${text}\n${sign(null, Buffer.from(text), privateKey).toString('base64')}\n`;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

/** Null for anything that the key did not sign. */
export const readSignedHead = (file: string, publicKey: KeyObject): LogHead | null => {
  const [text = '', signature = ''] = file.split('\n');
  if (!verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))) return null;
  return Statement.safeParse(parsed(text)).data ?? null;
};
