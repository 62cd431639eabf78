import { timingSafeEqual } from 'node:crypto';

import { WebhookSignature, type WorkflowId } from '@studio/contracts';
import type { Hmac } from '@studio/infra';

/** What the last part of a webhook's URL says, and only the studio can have made it say. */
export interface WebhookToken {
  readonly workflowId: WorkflowId;
  readonly webhookId: string;
  readonly signature: WebhookSignature;
}

const modes = WebhookSignature.options;
const idBytes = 16;
const macAt = 1 + 2 * idBytes;
const tokenForm = /^[A-Za-z0-9_-]{87}$/; // 65 bytes in base64url

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const macOf = (hmac: Hmac, { workflowId, webhookId, signature }: WebhookToken): Buffer =>
  hmac(`url\n${signature}\n${workflowId}\n${webhookId}`);

/** How it signs ‖ the two ids ‖ a MAC of 256 bits: nobody guesses one, and a forged one is refused without a look at the log. */
export const webhookToken = (hmac: Hmac, token: WebhookToken): string =>
  Buffer.concat([
    Buffer.from([modes.indexOf(token.signature)]),
    bytesOf(token.workflowId),
    bytesOf(token.webhookId),
    macOf(hmac, token),
  ]).toString('base64url');

/** Null for what the studio did not make. Whether it still counts, the workflow's stream says. */
export const readWebhookToken = (hmac: Hmac, text: string): WebhookToken | null => {
  if (!tokenForm.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  const signature = modes[bytes[0] ?? modes.length];
  if (signature === undefined) return null;
  const token: WebhookToken = {
    signature,
    workflowId: idOf(bytes.subarray(1, 1 + idBytes)) as WorkflowId, // ours, if the MAC is
    webhookId: idOf(bytes.subarray(1 + idBytes, macAt)),
  };
  return timingSafeEqual(bytes.subarray(macAt), macOf(hmac, token)) ? token : null;
};

/** The key that deliveries are signed with: 32 bytes. */
export const webhookSecret = (hmac: Hmac, webhookId: string): Buffer =>
  hmac(`secret\n${webhookId}`);

/** As senders take it. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;
