import { createHmac } from 'node:crypto';

import { expect, it } from '@jest/globals';
import type { ExecutionId } from '@studio/contracts';

import { callbackToken, readCallbackToken } from './callbackToken.ts';

const hmacOf = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest();
const hmac = hmacOf('a key of tests');
const place = {
  executionId: '01900000-0000-7000-8000-00000000000a' as ExecutionId, // fixed, as in all tests
  ...{ instanceId: 'wait 🌍[3][0]', attempt: 2 },
};

it('says what it was made of, under its own key alone', () => {
  const token = callbackToken(hmac, place);
  expect(readCallbackToken(hmac, token)).toEqual(place);
  expect(readCallbackToken(hmacOf('another'), token)).toBeNull();
});

it.each(['', 'a', 'A'.repeat(100), 'ü'.repeat(100), 'A'.repeat(3_000)])(
  'takes nothing else for one: %s',
  (text) => {
    expect(readCallbackToken(hmac, text)).toBeNull();
  },
);

it('is another one for each attempt, and with any letter changed none', () => {
  const token = callbackToken(hmac, place);
  expect(callbackToken(hmac, { ...place, attempt: 1 })).not.toBe(token);
  const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
  expect(readCallbackToken(hmac, changed)).toBeNull();
});
