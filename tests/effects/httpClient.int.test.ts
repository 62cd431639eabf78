import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpRequest } from '@studio/contracts';
import { createHttpClient } from '@studio/infra';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';

let server: CountingServer;
let other: CountingServer;
beforeAll(async () => {
  server = await startCountingServer();
  other = await startCountingServer();
});
afterAll(() => Promise.all([server.close(), other.close()]));

const http = createHttpClient({ maxBodyBytes: 10_000 });
const send = (path: string, request: Partial<HttpRequest> = {}) =>
  http.request({
    method: 'GET',
    url: path.startsWith('http') ? path : server.url + path,
    headers: {},
    timeoutMs: 2_000,
    signal: new AbortController().signal,
    ...request,
  });
const arrivalsAt = (path: string) => server.arrivals().filter((arrival) => arrival.path === path);

describe('an answer', () => {
  it('is given whatever its status', async () => {
    server.behave('/teapot', { status: 418, headers: { 'x-a': 'b' }, body: { short: true } });
    expect(await send('/teapot')).toMatchObject({
      status: 418,
      headers: { 'x-a': 'b', 'content-type': 'application/json' },
      body: { short: true },
    });
  });

  it.each<[string, string, unknown]>([
    ['application/json; charset=utf-8', '[1]', [1]],
    ['application/problem+json', '{"a":1}', { a: 1 }],
    ['application/json', '{"half":', '{"half":'],
    ['application/json', '', null],
    ['text/plain', '{"a":1}', '{"a":1}'],
    ['text/plain; charset=nonsense', 'é', 'é'],
    ['application/jsonp', '[1]', '[1]'],
  ])('of type %s: %j is the body %j', async (type, body, expected) => {
    server.behave('/typed', { headers: { 'content-type': type }, body });
    expect((await send('/typed')).body).toEqual(expected);
  });

  it.each([{}, { 'content-length': '20000' }])(
    'that is too large is refused for good (%j)',
    async (headers) => {
      server.behave('/large', { headers, body: 'x'.repeat(20_000) });
      await expect(send('/large')).rejects.toMatchObject({ kind: 'refused', code: 'http.failed' });
    },
  );
});

describe('a request', () => {
  it('carries its method, key and JSON', async () => {
    await send('/orders?n=1', {
      method: 'POST',
      headers: { 'Idempotency-Key': 'k-1' },
      body: { a: 1 },
    });
    expect(arrivalsAt('/orders?n=1')).toMatchObject([{ method: 'POST', idempotencyKey: 'k-1' }]);
  });

  it.each([
    ['nowhere', {}],
    ['http://127.0.0.1:25/', {}],
    ['ftp://a.test', {}],
    ['/headers', { headers: { 'bad name': 'x' } }],
    ['/headers', { headers: { a: 'x\ny' } }],
  ])('that cannot be sent is refused for good: %s %j', async (path, request) => {
    const url = path.startsWith('/') ? server.url + path : path;
    await expect(send(url, { ...request, url })).rejects.toMatchObject({
      kind: 'refused',
      code: 'http.failed',
    });
    expect(arrivalsAt('/headers')).toEqual([]);
  });

  it('names neither login nor query in its errors', async () => {
    server.behave('/secret', { hang: true });
    const url = server.url.replace('//', '//ann:pass@');
    await expect(send('', { url: `${url}/secret?token=abc`, timeoutMs: 50 })).rejects.toMatchObject(
      { message: `GET ${server.url}/secret gave no answer in 50 ms` },
    );
  });
});

describe('a redirection', () => {
  it('is followed, and turns a POST into a GET unless it says otherwise', async () => {
    server.behave('/see', { status: 303, headers: { location: '/there?a=1' } });
    server.behave('/again', { status: 307, headers: { location: '/there?a=2' } });
    await send('/see', { method: 'POST', body: { a: 1 } });
    await send('/again', { method: 'POST', body: { a: 1 } });
    expect(arrivalsAt('/there?a=1')).toMatchObject([{ method: 'GET' }]);
    expect(arrivalsAt('/there?a=2')).toMatchObject([{ method: 'POST' }]);
  });

  it('is followed five times, no more', async () => {
    server.behave('/five', (n) =>
      n < 5 ? { status: 302, headers: { location: '/five' } } : { body: 'done' },
    );
    expect((await send('/five')).status).toBe(200);
    server.behave('/round', { status: 302, headers: { location: '/round' } });
    await expect(send('/round')).rejects.toMatchObject({ kind: 'refused', code: 'http.failed' });
    expect(arrivalsAt('/round')).toHaveLength(6);
  });

  it('carries no secret to another address', async () => {
    server.behave('/away', { status: 307, headers: { location: `${other.url}/landed` } });
    await send('/away', {
      method: 'POST',
      headers: { 'Idempotency-Key': 'k-2', authorization: 'Bearer x', accept: 'text/plain' },
    });
    expect(other.arrivals()).toMatchObject([{ path: '/landed', idempotencyKey: null }]);
  });

  it('without a usable address is the answer', async () => {
    server.behave('/lost', { status: 302, headers: { location: 'ftp://a.test' } });
    expect((await send('/lost')).status).toBe(302);
  });
});

describe('a failure', () => {
  it('by a server that is not there may pass, and nothing has happened', async () => {
    const gone = await startCountingServer();
    await gone.close();
    await expect(send(gone.url)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'http.failed',
      extra: { outcomeUnknown: false },
    });
  });

  it('after a redirection leaves open what the first address did', async () => {
    const gone = await startCountingServer();
    await gone.close();
    server.behave('/paid', { status: 303, headers: { location: gone.url } });
    await expect(send('/paid', { method: 'POST', body: {} })).rejects.toMatchObject({
      kind: 'unavailable',
      extra: { outcomeUnknown: true },
    });
  });

  it('by a connection that is cut leaves open what happened', async () => {
    server.behave('/cut', { cut: true });
    await expect(send('/cut', { method: 'POST', body: '' })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'http.failed',
      extra: { outcomeUnknown: true },
    });
    expect(arrivalsAt('/cut')).toHaveLength(1);
  });

  it('by time leaves open what happened', async () => {
    server.behave('/slow', { hang: true });
    await expect(send('/slow', { timeoutMs: 100 })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'http.timeout',
      extra: { outcomeUnknown: true },
    });
  });

  it('because it was called off says so', async () => {
    server.behave('/hang', { hang: true });
    const call = new AbortController();
    const answer = send('/hang', { signal: call.signal });
    setTimeout(() => call.abort(), 50);
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled', code: 'effect.cancelled' });
    await expect(send('/hang', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(arrivalsAt('/hang')).toHaveLength(1);
  });
});
