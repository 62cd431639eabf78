import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { deliver, newHook } from '../fixtures/webhookSender.ts';
import { startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let side: WriteSide;
beforeAll(async () => {
  side = await startWriteSide(undefined, { points: 3, seconds: 600 });
});
afterAll(() => side.stop());

it('takes so many deliveries of one webhook, and no fewer of the others for it', async () => {
  const ada = await side.signIn('ada@example.org');
  const busy = await newHook(ada);
  const other = await newHook(ada);
  const forged = { ...busy, secret: other.secret };
  expect((await deliver(side.origin, busy)).status).toBe(202);
  expect((await deliver(side.origin, forged)).status).toBe(401);
  const third = await deliver(side.origin, busy);
  expect([third.status, third.headers.get('ratelimit-remaining')]).toEqual([202, '0']);
  const { status, body, headers } = await deliver(side.origin, busy);
  expect([status, body.code, body.detail]).toEqual([
    ...[429, 'webhook.rate_limited', '3 per 600 seconds'],
  ]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(500);
  expect((await deliver(side.origin, other)).status).toBe(202);
});
