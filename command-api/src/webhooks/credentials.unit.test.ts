import { createHmac } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import type { WorkflowId } from '@studio/contracts';

import { readWebhookToken, secretText, webhookSecret, webhookToken } from './credentials.ts';
import { verifySignature } from './signature.ts';

const hmac = (text: string) => createHmac('sha256', 'a key of tests').update(text).digest();
const token = {
  workflowId: '01900000-0000-7000-8000-00000000000a' as WorkflowId, // fixed, as in all tests
  webhookId: '01900000-0000-7000-8000-00000000000b',
  signature: 'required' as const,
};

describe('the token of a URL', () => {
  // In the settings of senders: these bytes never change.
  const frozen =
    'AAGQAAAAAHAAgAAAAAAAAAoBkAAAAABwAIAAAAAAAAALte1ycH1IyssXJG622vFXJXaGEhJCLldQznfCcpVUff8';

  it('is what it was when senders were given it', () => {
    expect(webhookToken(hmac, token)).toBe(frozen);
    expect(secretText(webhookSecret(hmac, token.webhookId))).toBe(
      'whsec_pFLhumEI4nXeou5n+afkqpigizQ9Kucnu+GU9JkE0Wk=',
    );
  });

  it('says what it was made of, also when nothing is signed', () => {
    expect(readWebhookToken(hmac, frozen)).toEqual(token);
    const unsigned = { ...token, signature: 'none' as const };
    expect(readWebhookToken(hmac, webhookToken(hmac, unsigned))).toEqual(unsigned);
  });

  it('says nothing under another key', () => {
    const other = (text: string) => createHmac('sha256', 'another').update(text).digest();
    expect(readWebhookToken(other, frozen)).toBeNull();
  });
});

it('signs as every sender of Standard Webhooks does', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const delivery = {
    ...{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330' },
    signatures: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    body: Buffer.from('{"test": 2432232314}'),
  };
  const verify = (body: Buffer) => () =>
    verifySignature(secret, { ...delivery, body }, 1_614_265_330_000);
  expect(verify(delivery.body)).not.toThrow();
  expect(verify(Buffer.from('{"test": 2432232315}'))).toThrow('No signature fits');
});
