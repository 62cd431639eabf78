import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type AnthropicServer, startAnthropicServer } from '../fixtures/anthropicServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, save } from './canvas.ts';

let studio: StudioProcess;
let anthropic: AnthropicServer;
let ada: Person;
let agentId: string;

beforeAll(async () => {
  anthropic = await startAnthropicServer();
  const env = { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: anthropic.url };
  studio = await createStudio({ env });
  await studio.start();
  ada = await signIn(studio, 'ada@example.org');
  const nodes = [
    ...[canvasNode('begin', 'manual-trigger'), canvasNode('wait', 'delay', { durationMs: 60_000 })],
    canvasNode('greeter', 'claude-agent', { prompt: '{{ nodes.wait.never }}', maxTokens: 9 }),
  ];
  const workflowId = await save(ada, chain(...nodes));
  const agent = { name: 'Greeter', type: 'agent', node_id: 'greeter' };
  const { body } = await ada.call('POST', `/agents?workflow_id=${workflowId}`, {
    ...{ ...agent, system_prompt: 'Be kind.', max_tokens: 77, temperature: 0.5 },
  });
  agentId = String(body.id);
});
afterAll(async () => {
  await studio.remove();
  await anthropic.close();
});

const test = (asked?: object, who = ada, id = agentId) =>
  who.call('POST', `/agents/${id}/test`, asked);

describe('POST /agents/{id}/test', () => {
  it('asks the agent alone, with its own settings, and answers what it said', async () => {
    anthropic.script({ content: [{ type: 'text', text: 'Good day.' }] });
    const { status, body } = await test({ input_data: { name: 'Ada' }, context: { of: 'test' } });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ success: true, output: expect.objectContaining({ response: 'Good day.' }) },
      ...{ execution_time_ms: expect.any(Number), execution_id: expect.any(String) },
    });
    expect(anthropic.asked.map((asked) => asked.body)).toEqual([
      expect.objectContaining({
        ...{ system: 'Be kind.', max_tokens: 77 },
        messages: [{ role: 'user', content: '{"name":"Ada"}' }],
      }),
    ]);
    const run = (await ada.call('GET', `/executions/${String(body.execution_id)}`)).body;
    expect(run).toMatchObject({
      ...{ status: 'completed', workflow_name: 'Test of Greeter', context: { of: 'test' } },
      node_executions: [{ node_id: 'greeter', status: 'completed', tokens_used: 15 }],
    });
  });

  it('tells at once why there is no answer, and tries no second time', async () => {
    const before = anthropic.asked.length;
    anthropic.script({ status: 529, error: { type: 'overloaded_error', message: 'Overloaded' } });
    const { status, body } = await test();
    expect([status, body.success, body.output]).toEqual([200, false, undefined]);
    expect(body.error).toBe('the model provider answered 529');
    expect(anthropic.asked.length).toBe(before + 1);
  });

  it('refuses what is no input', async () => {
    for (const wrong of [{ input_data: [] }, { input_data: 'x' }, { context: 7 }])
      expect((await test(wrong)).status).toBe(422);
  });

  it('is for those who may edit the agent', async () => {
    const grace = await signIn(studio, 'grace@example.org');
    const before = anthropic.asked.length;
    for (const told of [await test({}, grace), await test({}, ada, randomUUID())])
      expect([told.status, told.body.detail]).toEqual([404, 'Agent not found or access denied']);
    expect((await test({}, ada, 'nonsense')).status).toBe(422);
    expect(anthropic.asked.length).toBe(before);
  });
});
