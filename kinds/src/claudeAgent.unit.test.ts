import { expect, it } from '@jest/globals';

import { claudeAgent } from './claudeAgent.ts';
import { contextOf } from './testing/index.ts';

const run = async (settings: object, input: unknown = null, simulated = false) => {
  const config = claudeAgent.config.parse(settings);
  const { context, asked } = contextOf({ config, input, simulated });
  return { outcome: await claudeAgent.run?.(context), asked: asked.models[0] };
};

it('asks with its settings and records the turn', async () => {
  const { outcome, asked } = await run({
    prompt: 'Why?',
    systemPrompt: 'Be brief',
    model: 'claude-3-haiku',
    temperature: 0.2,
    maxTokens: 100,
  });
  expect(asked).toEqual({
    model: 'claude-3-haiku',
    prompt: 'Why?',
    system: 'Be brief',
    temperature: 0.2,
    maxTokens: 100,
  });
  expect(outcome?.output).toEqual({
    response: 'the answer',
    model: 'model-1',
    stopReason: 'end_turn',
    usage: { inputTokens: 3, outputTokens: 2, costMicroUsd: 9 },
  });
  expect(outcome?.turns).toMatchObject([{ turn: { requestHash: 'hash-1' }, answer: 'the answer' }]);
});

it('takes what the canvas left empty as not set', async () => {
  const blank = { prompt: null, systemPrompt: '', model: '', temperature: null, maxTokens: null };
  expect((await run(blank, 'x')).asked).toEqual({
    model: 'default',
    prompt: 'x',
    maxTokens: 4_096,
  });
});

it.each([
  [{}, { a: 1 }, '{"a":1}'],
  [{ prompt: '  ' }, ['x'], '["x"]'],
  [{ prompt: '' }, 'plain', 'plain'],
  [{ prompt: { q: 1 } }, 'unused', '{"q":1}'],
  [{}, undefined, 'null'],
])('with %j and the input %j the prompt is %s', async (settings, input, prompt) => {
  expect((await run(settings, input)).asked).toEqual({
    model: 'default',
    prompt,
    maxTokens: 4_096,
  });
});

it('says in its output when the answer is simulated', async () => {
  const { outcome } = await run({}, 'x', true);
  expect(outcome?.output).toMatchObject({ simulated: true });
});

it('leaves an empty system prompt out', async () => {
  expect((await run({ systemPrompt: ' ' })).asked).not.toHaveProperty('system');
});
