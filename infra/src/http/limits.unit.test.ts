import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';
import { StudioError } from '@studio/contracts';
import express from 'express';

import { createHttpApp } from './httpApp.ts';
import { clientKey, type PeopleLimits } from './limits.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const authenticate = (authorization?: string) => {
  const [, user] = /^Bearer (\w+)$/.exec(authorization ?? '') ?? [];
  if (user === undefined || user === 'nobody')
    throw new StudioError(
      'unauthenticated',
      'auth.invalid_token',
      'Could not validate credentials',
    );
  return Promise.resolve({ userId: user });
};

const serve = async (hourly: PeopleLimits['hourly']) => {
  const api = express();
  for (const path of ['/api/things', '/outside']) api.get(path, (_, answer) => void answer.json(1));
  api.post('/api/agents/:id/test', (_request, answer) => void answer.json({}));
  const app = createHttpApp({
    ...{ apis: [api], newId: () => 'id', corsOrigins: [] },
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    people: {
      authenticator: { authenticate: async (header) => authenticate(header) as never }, // the limits read no more of it
      ...{ prefix: '/api', hourly },
    },
  });
  const listening = app.listen(0, '127.0.0.1');
  server = listening;
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo; // it listens on a port
  return async (who: string | null, path = '/api/things', method = 'GET') => {
    const headers: Record<string, string> = who === null ? {} : { authorization: `Bearer ${who}` };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
    const told = (name: string) => answer.headers.get(name);
    const body = (await answer.json()) as { detail?: string; code?: string };
    return { status: answer.status, told, body };
  };
};

describe('limits of people', () => {
  it('counts each person alone, and says what is left', async () => {
    const ask = await serve({ general: 2, ai: 0 });
    const first = await ask('ada');
    expect(first.status).toBe(200);
    expect(['limit', 'remaining'].map((name) => first.told(`ratelimit-${name}`))).toEqual([
      '2',
      '1',
    ]);
    expect(Number(first.told('ratelimit-reset'))).toBeGreaterThan(3_500);
    await ask('ada');
    const { status, told, body } = await ask('ada');
    expect([status, body.detail, body.code]).toEqual([429, '2 per 1 hour', 'request.rate_limited']);
    expect(told('ratelimit-remaining')).toBe('0');
    expect(Number(told('retry-after'))).toBeGreaterThan(3_500);
    expect((await ask('bob')).status).toBe(200);
  });

  it('tells of the limit that is met first', async () => {
    const ask = await serve({ general: 10, ai: 2 });
    await ask('ada', '/api/agents/1/test', 'POST');
    const second = await ask('ada', '/api/agents/1/test', 'POST');
    expect([second.told('ratelimit-limit'), second.told('ratelimit-remaining')]).toEqual([
      '2',
      '0',
    ]);
    expect((await ask('ada', '/api/agents/1/test', 'POST')).status).toBe(429);
    const other = await ask('ada');
    expect([other.status, other.told('ratelimit-remaining')]).toEqual([200, '6']);
  });

  it('counts a path in any case, as routes take it', async () => {
    const ask = await serve({ general: 10, ai: 1 });
    const first = await ask('ada', '/API/Agents/1/TEST', 'POST');
    expect([first.told('ratelimit-limit'), first.told('ratelimit-remaining')]).toEqual(['1', '0']);
    expect((await ask('ada', '/api/agents/1/test', 'POST')).status).toBe(429);
    expect((await ask('ada', '/Api/things')).told('ratelimit-remaining')).toBe('7');
  });

  it('counts nothing outside of the API, for nobody, or where the limit is 0', async () => {
    const ask = await serve({ general: 1, ai: 1 });
    for (const who of ['nobody', null, 'nobody'])
      expect((await ask(who)).told('ratelimit-limit')).toBeNull();
    for (let count = 0; count < 3; count += 1)
      expect((await ask('ada', '/outside')).status).toBe(200);
    server?.closeAllConnections();
    server?.close();
    const free = await serve({ general: 0, ai: 0 });
    for (let count = 0; count < 5; count += 1) expect((await free('ada')).status).toBe(200);
    expect((await free('ada')).told('ratelimit-limit')).toBeNull();
  });
});

it.each([
  ['192.0.2.1', 'ip:192.0.2.1'],
  ['::ffff:192.0.2.1', 'ip:192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', 'ip:2001:db8:1:2::/64'],
  ['2001:0db8:1:2::9', 'ip:2001:db8:1:2::/64'],
  ['2001:db8::1', 'ip:2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'ip:fe80:0:0:0::/64'],
  ['::1', 'ip:0:0:0:0::/64'],
  [undefined, 'ip:'],
])('takes %s for the client %s', (address, key) => {
  expect(clientKey(address)).toBe(key);
});
