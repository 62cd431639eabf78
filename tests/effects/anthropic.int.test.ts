import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createModelProvider } from '@studio/infra';

import { type AnthropicServer, startAnthropicServer } from '../fixtures/anthropicServer.ts';

let server: AnthropicServer;
beforeAll(async () => {
  server = await startAnthropicServer();
});
afterAll(() => server.close());

const ask = (
  settings: { model?: string; system?: string; temperature?: number } = {},
  { signal = new AbortController().signal, timeoutMs = 5_000 } = {},
) =>
  createModelProvider({ apiKey: 'key-of-the-test', baseUrl: server.url, timeoutMs }).complete(
    { model: 'default', prompt: 'Hi', maxTokens: 64, ...settings },
    { signal, idempotencyKey: 'k' },
  );
const failure = async (...args: Parameters<typeof ask>): Promise<unknown> =>
  ask(...args).then(
    () => undefined,
    (error: unknown) => error,
  );

it('asks the model once and reports the turn', async () => {
  server.script({ inputTokens: 1_000, outputTokens: 100, stopReason: 'max_tokens' });
  const { text, turn } = await ask({ model: 'claude-3-opus', system: 'Be kind', temperature: 0.5 });
  expect(text).toBe('Hello from the test server.');
  expect(turn).toEqual({
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    simulated: false,
    stopReason: 'max_tokens',
    inputTokens: 1_000,
    outputTokens: 100,
    costMicroUsd: 6_000,
    requestHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const { path, headers, body } = server.asked.at(-1) ?? {};
  expect(path).toBe('/v1/messages');
  expect(JSON.stringify(headers)).toContain('key-of-the-test');
  expect(body).toEqual({
    model: 'claude-opus-5-5',
    max_tokens: 64,
    messages: [{ role: 'user', content: 'Hi' }],
    system: 'Be kind',
  });
});

it('joins the texts of an answer and leaves its thinking out', async () => {
  server.script({
    content: [
      { type: 'thinking', thinking: 'hm', signature: 's' },
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ],
    model: 'claude-without-a-price',
  });
  expect(await ask()).toMatchObject({
    text: 'ab',
    turn: { model: 'claude-without-a-price', costMicroUsd: null },
  });
});

it.each([
  [429, { 'retry-after': '7' }, 7_000],
  [529, { 'retry-after-ms': '250' }, 250],
  [500, {}, undefined],
  [503, { 'retry-after': 'soon' }, undefined],
])(
  'takes %d with %j for a failure that may pass, and tries once',
  async (status, headers, wait) => {
    const before = server.asked.length;
    server.script({ status, headers });
    expect(await failure()).toMatchObject({
      kind: 'unavailable',
      code: 'model.overloaded',
      retryAfterMs: wait,
    });
    expect(server.asked.length - before).toBe(1);
  },
);

it.each([400, 401, 403, 404, 413])('takes %d for final, and says why', async (status) => {
  server.script({ status, error: { type: 'invalid_request_error', message: 'not like this' } });
  expect(await failure()).toMatchObject({
    kind: 'refused',
    code: 'model.failed',
    message: `the model provider answered ${status}: not like this`,
  });
});

it('takes an answer that does not come, and a server that is not there, for failures that may pass', async () => {
  server.script({ hang: true });
  const expected = { kind: 'unavailable', code: 'model.overloaded' };
  expect(await failure({}, { timeoutMs: 100 })).toMatchObject(expected);
  const nobody = createModelProvider({ apiKey: 'k', baseUrl: 'http://127.0.0.1:1' });
  await expect(
    nobody.complete(
      { model: 'default', prompt: 'x', maxTokens: 1 },
      { signal: new AbortController().signal, idempotencyKey: 'k' },
    ),
  ).rejects.toMatchObject(expected);
});

it('ends at once when it is called off', async () => {
  server.script({ hang: true });
  const call = new AbortController();
  const answer = failure({}, { signal: call.signal });
  setTimeout(() => call.abort(), 50);
  expect(await answer).toMatchObject({ kind: 'cancelled', code: 'effect.cancelled' });
});
