import { createHmac, timingSafeEqual } from 'node:crypto';

import { StudioError } from '@studio/contracts';

/** A delivery as Standard Webhooks signs it; absent headers are undefined. */
export interface SignedDelivery {
  readonly id: string | undefined;
  /** Unix seconds. */
  readonly timestamp: string | undefined;
  /** `v1,<base64>`, several with spaces between them. */
  readonly signatures: string | undefined;
  readonly body: Uint8Array;
}

/** How far the sender's clock may be off, either way. */
const windowSeconds = 300;
/** Without the full stop that parts what is signed: another reading of it would be another delivery. */
const signedId = /^[\x21-\x2d\x2f-\x7e]{1,255}$/;
const unixSeconds = /^\d{1,12}$/;

const refused = (detail: string): StudioError =>
  new StudioError('unauthenticated', 'webhook.signature_invalid', detail);

const refuseOutOfWindow = (timestamp: string, nowMs: number): void => {
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) <= windowSeconds) return;
  throw new StudioError(
    'unauthenticated',
    'webhook.timestamp_out_of_window',
    `webhook-timestamp is more than ${windowSeconds / 60} minutes off`,
  );
};

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/** Errors: `webhook.signature_invalid`, `webhook.timestamp_out_of_window`; nothing else is looked at before. */
export const verifySignature = (
  secret: Uint8Array,
  { id, timestamp, signatures, body }: SignedDelivery,
  nowMs: number,
): void => {
  if (id === undefined || timestamp === undefined || signatures === undefined)
    throw refused('A delivery has webhook-id, webhook-timestamp and webhook-signature');
  if (!signedId.test(id)) throw refused('A webhook-id has 1 to 255 visible characters and no dot');
  if (!unixSeconds.test(timestamp)) throw refused('webhook-timestamp is in whole Unix seconds');
  refuseOutOfWindow(timestamp, nowMs);
  const wanted = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
  const given = signatures.split(' ').filter((each) => each.startsWith('v1,'));
  const fits = given.some((each) => isEqual(Buffer.from(each.slice(3), 'base64'), wanted));
  if (!fits) throw refused('No signature fits');
};
