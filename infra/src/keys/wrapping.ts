import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';

import type { KeyId } from '@studio/contracts';

import { createRandomPool } from '../random.ts';
import { deriveKey, type MasterKey } from './masterKey.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Wraps data keys under the master key: iv ‖ ciphertext ‖ tag, bound to the key's id. */
export interface Wrapping {
  wrap(id: KeyId, key: Uint8Array): Buffer;
  /** Throws when another master key wrapped it. */
  unwrap(id: KeyId, wrapped: Uint8Array): Buffer;
}

export const createWrapping = (masterKey: MasterKey): Wrapping => {
  // A key object: with raw bytes Node 24 takes 8 µs more for each key wrapped.
  const wrappingKey = createSecretKey(deriveKey(masterKey, 'studio/data-keys/1'));
  const random = createRandomPool();
  return {
    wrap: (id, key) => {
      const iv = random(ivBytes);
      const cipher = createCipheriv(algorithm, wrappingKey, iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(id));
      return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    },
    unwrap: (id, wrapped) => {
      const split = wrapped.length - tagBytes;
      const iv = wrapped.subarray(0, ivBytes);
      const decipher = createDecipheriv(algorithm, wrappingKey, iv, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(id));
      decipher.setAuthTag(wrapped.subarray(split));
      try {
        return Buffer.concat([decipher.update(wrapped.subarray(ivBytes, split)), decipher.final()]);
      } catch (cause) {
        throw new Error(`data key ${id} was wrapped by another master key`, { cause });
      }
    },
  };
};
