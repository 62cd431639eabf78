import { Claim, type KeyId, Sealed } from '@studio/contracts';

import { corrupt } from './corrupt.ts';

/** Bytes in file storage, as events name them. */
export interface FileRef {
  readonly ref: string;
  readonly sha256: string;
  readonly bytes: number;
}

export const sealedInline = (key: KeyId, iv: Buffer, sealed: Buffer): Sealed => ({
  $sealed: { v: 1, key, iv: iv.toString('base64'), text: sealed.toString('base64') },
});

export const sealedInFile = (key: KeyId, iv: Buffer, file: FileRef): Sealed => ({
  $sealed: { v: 1, key, iv: iv.toString('base64'), ...file },
});

export const claimOf = (file: FileRef): Claim => ({ $claim: { ...file } });

const hasOnly = (value: unknown, key: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.hasOwn(value, key) &&
  Object.keys(value).length === 1;

/** True for a value that a reader of a `large` field would take for a claim. */
export const looksLikeClaim = (value: unknown): value is Claim => hasOnly(value, '$claim');

/** A sealed value at a marked path; null for a value that is not sealed; `log.corrupt` for half of one. */
export const readSealed = (value: unknown, where: string): Sealed['$sealed'] | null => {
  if (!hasOnly(value, '$sealed')) return null;
  const { data } = Sealed.safeParse(value);
  if (!data || (data.$sealed.text === undefined) === (data.$sealed.ref === undefined))
    throw corrupt(where, 'no sealed value of version 1');
  return data.$sealed;
};

/** A claim at a marked path; null for an inline value; `log.corrupt` for half of one. */
export const readClaim = (value: unknown, where: string): FileRef | null => {
  if (!looksLikeClaim(value)) return null;
  const { data } = Claim.safeParse(value);
  if (!data) throw corrupt(where, 'no claim');
  return data.$claim;
};
