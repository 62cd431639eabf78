import { expect, it } from '@jest/globals';
import { StudioError } from '@studio/contracts';

import { effectOf, parseConfig } from './builtInKinds.ts';
import { httpRequest } from './httpRequest.ts';
import { findKind } from './nodeKinds.ts';
import { contextOf } from './testing/index.ts';

const config = (settings: Record<string, unknown>) =>
  httpRequest.config.parse({ url: 'https://user:pass@example.test/a', ...settings });
const run = async (settings: Record<string, unknown>, answer = { status: 200 }) => {
  const { context, asked } = contextOf({
    config: config(settings),
    answer: { headers: {}, body: { ok: true }, ...answer },
  });
  return { outcome: await httpRequest.run?.(context), sent: asked.http[0] };
};
const failure = async (settings: Record<string, unknown>, answer: { status: number }) => {
  const error: unknown = await run(settings, answer).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StudioError)) throw new Error('expected a StudioError');
  return error;
};

it('adds the query to the URL, repeats lists and leaves null out', async () => {
  const { sent } = await run({
    url: 'https://example.test/a?z=1',
    query: { q: 'a b', n: 2, list: ['x', true], none: null },
  });
  expect(sent?.url).toBe('https://example.test/a?z=1&q=a+b&n=2&list=x&list=true');
});

it('gives status, headers and body of the answer', async () => {
  const { outcome } = await run({});
  expect(outcome?.output).toEqual({ status: 200, headers: {}, body: { ok: true } });
});

it('sends the idempotency key with what writes and not with what reads', async () => {
  expect((await run({ method: 'POST', body: { a: 1 } })).sent).toMatchObject({
    headers: { 'Idempotency-Key': 'key-1' },
    body: { a: 1 },
  });
  expect((await run({ method: 'GET', body: 'ignored' })).sent).toMatchObject({ headers: {} });
  expect((await run({ method: 'GET', body: 'ignored' })).sent).not.toHaveProperty('body');
});

it("keeps the author's own idempotency key", async () => {
  const { sent } = await run({ method: 'PUT', headers: { 'idempotency-key': 'own', 'x-n': 3 } });
  expect(sent?.headers).toEqual({ 'idempotency-key': 'own', 'x-n': '3' });
});

it.each([
  ['GET', {}, 'idempotent'],
  ['HEAD', {}, 'idempotent'],
  ['POST', {}, 'unsafe'],
  ['DELETE', {}, 'unsafe'],
  ['POST', { idempotent: true }, 'idempotent'],
])('%s %j is %s', (method, settings, effect) => {
  const kind = findKind('http-request');
  if (!kind) throw new Error('no such kind');
  const parsed = parseConfig(kind, { url: 'http://example.test', method, ...settings });
  expect(effectOf(kind, parsed)).toBe(effect);
});

it.each([408, 429, 500, 502, 503])('takes %d for a failure that may pass', async (status) => {
  expect(await failure({}, { status })).toMatchObject({ kind: 'unavailable', code: 'http.status' });
});

it.each([400, 401, 404, 409, 422])('takes %d for final', async (status) => {
  expect(await failure({}, { status })).toMatchObject({ kind: 'refused', code: 'http.status' });
});

it('says when a failed call may have been carried out all the same', async () => {
  const outcome = async (status: number) => (await failure({}, { status })).extra;
  expect(await outcome(502)).toEqual({ status: 502, outcomeUnknown: true });
  expect(await outcome(429)).toEqual({ status: 429, outcomeUnknown: false });
  expect(await outcome(503)).toEqual({ status: 503, outcomeUnknown: false });
});

it('passes on what Retry-After asks for', async () => {
  const answer = { status: 429, headers: { 'retry-after': '7' } };
  expect((await failure({}, answer)).retryAfterMs).toBe(7_000);
});

it('names method and URL without credentials and query', async () => {
  const { message } = await failure({ query: { token: 'secret' } }, { status: 404 });
  expect(message).toBe('GET https://example.test/a answered 404');
});

it.each(['ftp://example.test', 'nowhere', ''])('refuses the URL %j', (url) => {
  const kind = findKind('http-request');
  if (!kind) throw new Error('no such kind');
  expect(() => parseConfig(kind, { url })).toThrow(/url:/);
});
