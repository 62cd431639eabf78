import { createCipheriv, createDecipheriv } from 'node:crypto';

import type { DataKey } from '@studio/contracts';

import { keyObject } from '../keys/dataKey.ts';

const algorithm = 'aes-256-gcm';
const tagBytes = 16;
export const ivBytes = 12;

/** Where a sealed value was written; bound into it, so that it opens nowhere else. */
export interface SealedPlace {
  readonly stream: string;
  readonly eventId: string;
  /** JSON pointer of the field inside `data`. */
  readonly pointer: string;
}

/** The key and the nonce of one sealed value. */
export interface SealingWith {
  readonly key: DataKey;
  readonly iv: Uint8Array;
}

const additionalData = ({ stream, eventId, pointer }: SealedPlace): Buffer =>
  Buffer.from(`${stream}\n${eventId}\n${pointer}`);

/** Ciphertext ‖ tag of a text. */
export const sealText = (text: string, place: SealedPlace, { key, iv }: SealingWith): Buffer => {
  const cipher = createCipheriv(algorithm, keyObject(key), iv, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(place));
  const ciphertext = cipher.update(text, 'utf8');
  cipher.final(); // GCM keeps nothing back: this makes the tag
  return Buffer.concat([ciphertext, cipher.getAuthTag()]);
};

/** The text of ciphertext ‖ tag. Throws when the tag does not verify: other bytes, key or place. */
export const openText = (
  bytes: Uint8Array,
  place: SealedPlace,
  { key, iv }: SealingWith,
): string => {
  const split = bytes.length - tagBytes;
  if (split < 0) throw new RangeError('shorter than its tag');
  const decipher = createDecipheriv(algorithm, keyObject(key), iv, { authTagLength: tagBytes });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(bytes.subarray(split));
  return Buffer.concat([decipher.update(bytes.subarray(0, split)), decipher.final()]).toString(
    'utf8',
  );
};

/** Bytes of the ciphertext alone. */
export const ciphertextBytes = (sealed: Uint8Array): number => sealed.length - tagBytes;
