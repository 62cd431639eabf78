import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** The canvas saves an empty text where nothing was typed. */
const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Idempotent: a crash while the call is in flight pays it a second time, never more. */
export const claudeAgent = nodeKind({
  kind: 'claude-agent',
  major: 1,
  type: 'agent',
  title: 'Claude Agent',
  description: 'Asks a language model; its output is the answer with model and usage.',
  config: z.object({
    prompt: z
      .unknown()
      .optional()
      .describe('Text, or a value sent as JSON; the input when left out'),
    systemPrompt: z.string().nullish(),
    model: z.string().min(1).max(100).default('default'),
    temperature: z.number().min(0).max(2).optional(),
    maxTokens: z.number().int().min(1).max(200_000).default(4_096),
  }),
  effect: 'idempotent',
  outputs: ['output'],
  run: async ({ config, input, models, signal, idempotencyKey }) => {
    const { text, turn } = await models.complete(
      {
        model: config.model,
        prompt: isBlank(config.prompt) ? asText(input) : asText(config.prompt),
        maxTokens: config.maxTokens,
        ...(typeof config.systemPrompt === 'string' && !isBlank(config.systemPrompt)
          ? { system: config.systemPrompt }
          : {}),
        ...(config.temperature === undefined ? {} : { temperature: config.temperature }),
      },
      { signal, idempotencyKey },
    );
    const output = {
      response: text,
      model: turn.model,
      stopReason: turn.stopReason,
      usage: {
        inputTokens: turn.inputTokens,
        outputTokens: turn.outputTokens,
        costMicroUsd: turn.costMicroUsd,
      },
      ...(turn.simulated ? { simulated: true as const } : {}),
    };
    return { output, turns: [{ turn, answer: text }] };
  },
});
