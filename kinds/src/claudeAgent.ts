import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

const defaultMaxTokens = 4_096;

/** The canvas saves an empty text where nothing was typed. */
const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const textOf = (value: string | null | undefined): string | undefined =>
  typeof value === 'string' && !isBlank(value) ? value : undefined;

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
    model: z.string().max(100).nullish().default('default'),
    temperature: z.number().min(0).max(2).nullish(),
    maxTokens: z.number().int().min(1).max(200_000).nullish().default(defaultMaxTokens),
  }),
  effect: 'idempotent',
  outputs: ['output'],
  run: async ({ config, input, models, signal, idempotencyKey }) => {
    const system = textOf(config.systemPrompt);
    const { text, turn } = await models.complete(
      {
        model: textOf(config.model) ?? 'default',
        prompt: isBlank(config.prompt) ? asText(input) : asText(config.prompt),
        maxTokens: config.maxTokens ?? defaultMaxTokens,
        ...(system === undefined ? {} : { system }),
        ...(typeof config.temperature === 'number' ? { temperature: config.temperature } : {}),
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
