import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { call, createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';

let studio: StudioProcess;
let person: Person;
beforeAll(async () => {
  studio = await createStudio({
    env: { TRUST_PROXY: '1', OTP_RATE_LIMIT: '3', RATE_LIMIT_PER_HOUR: '4' },
  });
  await studio.start();
  person = await signIn(studio, 'limits@example.com');
});
afterAll(() => studio.remove());

const ask = (email: string, forwardedFor: string) =>
  call(studio.origin(), 'POST', '/auth/request-otp', {
    body: { email },
    headers: { 'x-forwarded-for': forwardedFor },
  });

describe('behind one proxy', () => {
  it('counts the address that the proxy names, and believes no more than that', async () => {
    for (let count = 0; count < 3; count += 1)
      expect((await ask(`a${count}@example.com`, '192.0.2.1')).status).toBe(200);
    expect((await ask('a3@example.com', '192.0.2.1')).status).toBe(429);
    // What the client wrote itself stands before what the proxy added.
    expect((await ask('a4@example.com', '198.51.100.9, 192.0.2.1')).status).toBe(429);
    const { status, headers } = await ask('a5@example.com', '192.0.2.2');
    expect([status, headers.get('ratelimit-remaining')]).toEqual([200, '2']);
  });
});

describe('a person', () => {
  it('may ask so often in an hour, and hears when there is more', async () => {
    for (let left = 3; left >= 0; left -= 1) {
      const { status, headers } = await person.call('GET', '/workflows');
      expect([status, headers.get('ratelimit-limit')]).toEqual([200, '4']);
      expect(headers.get('ratelimit-remaining')).toBe(String(left));
    }
    const { status, headers, body } = await person.call('POST', '/workflows', { name: 'One more' });
    expect([status, body.detail, body.code]).toEqual([429, '4 per 1 hour', 'request.rate_limited']);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3_000);
    expect(seconds).toBeLessThanOrEqual(3_600);
  });

  it('keeps nobody else from asking', async () => {
    const answer = await fetch(`${studio.origin()}/health`);
    expect([answer.status, answer.headers.get('ratelimit-limit')]).toEqual([200, null]);
    expect((await call(studio.origin(), 'GET', '/workflows')).status).toBe(401);
  });
});
