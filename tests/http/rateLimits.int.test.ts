import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { call } from '../fixtures/studio.ts';
import { startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';

let studio: WriteSide;
beforeAll(async () => {
  studio = await startWriteSide({}); // the product's own limits
});
afterAll(() => studio.stop());

it('lets five codes be asked for in a quarter of an hour, whoever they are for', async () => {
  const ask = (email: string) =>
    call(studio.origin, 'POST', '/auth/request-otp', { body: { email } });
  for (const [index, email] of ['a', 'b', 'c', 'd', 'a'].entries()) {
    const answer = await ask(`${email}@example.org`);
    expect([answer.status, answer.headers.get('ratelimit-limit')]).toEqual([200, '5']);
    expect(answer.headers.get('ratelimit-remaining')).toBe(String(4 - index));
  }
  const { status, body, headers } = await ask('e@example.org');
  expect([status, body.detail]).toEqual([429, 'Too many OTP requests. Please try again later.']);
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(800);
  expect(seconds).toBeLessThanOrEqual(900);
  expect(Number(headers.get('ratelimit-reset'))).toBe(seconds);
});

it('lets ten codes be tried', async () => {
  const verify = () =>
    call(studio.origin, 'POST', '/auth/verify-otp', {
      body: { email: 'a@example.org', code: '000000' },
    });
  for (let tries = 0; tries < 10; tries += 1) expect((await verify()).status).toBe(401);
  const { status, body, headers } = await verify();
  expect([status, body.detail]).toEqual([429, '10 per 15 minute']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(800);
});
