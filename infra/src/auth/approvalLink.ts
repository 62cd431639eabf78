import { timingSafeEqual } from 'node:crypto';

import type { ApprovalDecision, ApprovalPlace, ExecutionId } from '@studio/contracts';

import type { Hmac } from './hmac.ts';
import { idOfBytes } from './idBytes.ts';

/** What a one-time link says: this person's decision of that approval. */
export interface ApprovalLink extends ApprovalPlace {
  readonly userId: string;
  readonly decision: ApprovalDecision;
}

const decisions: readonly ApprovalDecision[] = ['approve', 'reject'];
const [requestedAtAt, userAt, decisionAt, macAt] = [16, 20, 36, 37];
const tokenForm = /^[A-Za-z0-9_-]{92}$/;

const bytesOf = ({ executionId, requestedAt, userId, decision }: ApprovalLink): Buffer => {
  const bytes = Buffer.alloc(macAt);
  bytes.write(executionId.replaceAll('-', ''), 'hex');
  bytes.writeUInt32BE(requestedAt, requestedAtAt);
  bytes.write(userId.replaceAll('-', ''), userAt, 'hex');
  bytes.writeUInt8(decisions.indexOf(decision), decisionAt);
  return bytes;
};

/** The key makes callbacks too: what a MAC is of begins with what it is for. */
const macOf = (hmac: Hmac, link: Buffer): Buffer => hmac(`approval link\n${link.toString('hex')}`);

/** What it says ‖ a MAC of 256 bits: nobody guesses one, and none becomes another's. */
export const approvalLinkToken = (hmac: Hmac, link: ApprovalLink): string => {
  const bytes = bytesOf(link);
  return Buffer.concat([bytes, macOf(hmac, bytes)]).toString('base64url');
};

/** Null for what the studio did not make. Whether the answer is still wanted, the run says. */
export const readApprovalLinkToken = (hmac: Hmac, text: string): ApprovalLink | null => {
  if (!tokenForm.test(text)) return null;
  const all = Buffer.from(text, 'base64url');
  const bytes = all.subarray(0, macAt);
  if (!timingSafeEqual(all.subarray(macAt), macOf(hmac, bytes))) return null;
  return {
    executionId: idOfBytes(bytes.subarray(0, requestedAtAt)) as ExecutionId, // ours, since the MAC is
    requestedAt: bytes.readUInt32BE(requestedAtAt),
    userId: idOfBytes(bytes.subarray(userAt, decisionAt)),
    decision: bytes.readUInt8(decisionAt) === 0 ? 'approve' : 'reject',
  };
};
