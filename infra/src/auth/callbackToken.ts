import { timingSafeEqual } from 'node:crypto';

import type { ExecutionId } from '@studio/contracts';

import type { Hmac } from './hmac.ts';
import { idOfBytes } from './idBytes.ts';

/** The one attempt of a node instance that a callback answers. */
export interface CallbackPlace {
  readonly executionId: ExecutionId;
  readonly instanceId: string;
  readonly attempt: number;
}

const idBytes = 16;
const attemptAt = idBytes;
const instanceAt = idBytes + 4;
const macBytes = 32;
/** An instance's id has 255 characters at most, beside its iterations. */
const tokenForm = /^[A-Za-z0-9_-]{70,2000}$/;

const bytesOf = ({ executionId, instanceId, attempt }: CallbackPlace): Buffer => {
  const head = Buffer.alloc(instanceAt);
  head.write(executionId.replaceAll('-', ''), 'hex');
  head.writeUInt32BE(attempt, attemptAt);
  return Buffer.concat([head, Buffer.from(instanceId, 'utf8')]);
};

const macOf = (hmac: Hmac, place: Buffer): Buffer => hmac(`callback\n${place.toString('hex')}`);

/** Run, attempt and instance ‖ a MAC of 256 bits: nobody guesses one, and a forged one is refused without a look at the log. */
export const callbackToken = (hmac: Hmac, place: CallbackPlace): string => {
  const bytes = bytesOf(place);
  return Buffer.concat([bytes, macOf(hmac, bytes)]).toString('base64url');
};

/** Null for what the studio did not make. Whether it is still awaited, the run says. */
export const readCallbackToken = (hmac: Hmac, text: string): CallbackPlace | null => {
  if (!tokenForm.test(text)) return null;
  const all = Buffer.from(text, 'base64url');
  const bytes = all.subarray(0, -macBytes);
  if (bytes.length <= instanceAt) return null;
  if (!timingSafeEqual(all.subarray(-macBytes), macOf(hmac, bytes))) return null;
  return {
    executionId: idOfBytes(bytes.subarray(0, idBytes)) as ExecutionId, // ours, since the MAC is
    attempt: bytes.readUInt32BE(attemptAt),
    instanceId: bytes.subarray(instanceAt).toString('utf8'),
  };
};
