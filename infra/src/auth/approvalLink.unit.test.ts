import { createHmac } from 'node:crypto';

import { expect, it } from '@jest/globals';
import type { ExecutionId } from '@studio/contracts';

import { type ApprovalLink, approvalLinkToken, readApprovalLinkToken } from './approvalLink.ts';
import { callbackToken, readCallbackToken } from './callbackToken.ts';

const hmacOf = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest();
const hmac = hmacOf('a key of tests');
const link: ApprovalLink = {
  executionId: '01900000-0000-7000-8000-00000000000a' as ExecutionId, // fixed, as in all tests
  ...{ requestedAt: 70_000, userId: '01900000-0000-7000-8000-00000000000b', decision: 'reject' },
};

it('says what it was made of, under its own key alone', () => {
  for (const decision of ['approve', 'reject'] as const) {
    const token = approvalLinkToken(hmac, { ...link, decision });
    expect(readApprovalLinkToken(hmac, token)).toEqual({ ...link, decision });
    expect(readApprovalLinkToken(hmacOf('another'), token)).toBeNull();
  }
});

it.each(['', 'a', 'A'.repeat(92), 'ü'.repeat(92), 'A'.repeat(3_000)])(
  'takes nothing else for one: %s',
  (text) => {
    expect(readApprovalLinkToken(hmac, text)).toBeNull();
  },
);

it('is none with any letter changed', () => {
  const token = approvalLinkToken(hmac, link);
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === 'A' ? 'Q' : 'A';
    const changed = token.slice(0, at) + other + token.slice(at + 1);
    expect(readApprovalLinkToken(hmac, changed)).toBeNull();
  }
});

it('is no callback, and a callback is no link', () => {
  const instanceId = 'x'.repeat(17); // a token of the same length
  const callback = callbackToken(hmac, { executionId: link.executionId, instanceId, attempt: 1 });
  expect(callback).toHaveLength(92);
  expect(readApprovalLinkToken(hmac, callback)).toBeNull();
  expect(readCallbackToken(hmac, approvalLinkToken(hmac, link))).toBeNull();
});
