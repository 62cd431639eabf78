import { createHmac } from 'node:crypto';

/** What stands for a secret or an address where the thing itself must not: SHA-256 HMAC, 32 bytes. */
export type Hmac = (text: string) => Buffer;

export const createHmacOf =
  (key: Uint8Array): Hmac =>
  (text) =>
    createHmac('sha256', key).update(text, 'utf8').digest();
