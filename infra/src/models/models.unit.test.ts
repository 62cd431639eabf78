import { expect, it } from '@jest/globals';

import { modelCalled } from './modelNames.ts';
import { createModelProvider } from './modelProvider.ts';
import { costMicroUsd } from './prices.ts';
import { requestHash } from './requestHash.ts';

const options = { signal: new AbortController().signal, idempotencyKey: 'k' };
const request = { model: 'default', prompt: 'What is new?\n  Tell me.', maxTokens: 100 };

it('simulates without a key, and says so everywhere', async () => {
  const models = createModelProvider({ apiKey: undefined });
  const { text, turn } = await models.complete(request, options);
  expect(models).toMatchObject({ name: 'simulated', simulated: true });
  expect(text).toMatch(/^\[simulated\] .*"What is new\? Tell me\."/);
  expect(turn).toEqual({
    provider: 'simulated',
    model: 'claude-sonnet-5-5',
    simulated: true,
    stopReason: 'end_turn',
    inputTokens: 6,
    outputTokens: Math.ceil(text.length / 4),
    costMicroUsd: 0,
    requestHash: requestHash({ ...request, model: 'claude-sonnet-5-5' }),
  });
});

it('simulates the same answer to the same request, and another to another', async () => {
  const models = createModelProvider();
  const first = await models.complete(request, options);
  expect(await models.complete({ ...request }, options)).toEqual(first);
  const other = await models.complete({ ...request, temperature: 0.5 }, options);
  expect(other.text).not.toBe(first.text);
});

it('does not simulate what was called off', async () => {
  const called = createModelProvider().complete(request, {
    ...options,
    signal: AbortSignal.abort(),
  });
  await expect(called).rejects.toMatchObject({ kind: 'cancelled', code: 'effect.cancelled' });
});

it('hashes what was asked, whatever the order of its members', () => {
  const { maxTokens, model, prompt } = request;
  expect(requestHash({ maxTokens, prompt, model })).toBe(requestHash(request));
  expect(requestHash({ ...request, system: 'x' })).not.toBe(requestHash(request));
  expect(requestHash(request)).toMatch(/^[0-9a-f]{64}$/);
});

it.each([
  ['claude-3-sonnet', 'claude-sonnet-5-5'],
  ['claude-3-haiku', 'claude-haiku-5-5'],
  ['claude-3-opus', 'claude-opus-5-5'],
  ['default', 'my-default'],
  ['', 'my-default'],
  ['claude-opus-5', 'claude-opus-5'],
  ['constructor', 'constructor'],
])('%j is the model %s', (name, model) => {
  expect(modelCalled(name, 'my-default')).toBe(model);
});

it.each<[string, number, number, number | null]>([
  ['claude-opus-5-5', 1_000, 100, 6_000],
  ['claude-haiku-4-5-20251001', 10, 1, 15],
  ['claude-haiku-5-5', 1, 0, 1],
  ['claude-haiku-5-5', 100_000, 0, 10_000],
  ['claude-haiku-5-5', 100_001, 1, 50_003],
  ['unheard-of', 1, 1, null],
  ['toString', 1, 1, null],
])(
  '%s: %d tokens in and %d out cost %j micro-dollars',
  (model, inputTokens, outputTokens, cost) => {
    expect(costMicroUsd(model, { inputTokens, outputTokens })).toBe(cost);
  },
);
