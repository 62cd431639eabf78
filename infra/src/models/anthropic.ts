import type { Anthropic, APIError } from '@anthropic-ai/sdk';
import {
  type ModelAnswer,
  type ModelProvider,
  type ModelRequest,
  StudioError,
} from '@studio/contracts';

import { modelErrorOf } from './anthropicErrors.ts';
import { modelCalled } from './modelNames.ts';
import { costMicroUsd } from './prices.ts';
import { requestHash } from './requestHash.ts';

export interface AnthropicOptions {
  readonly apiKey: string;
  /** Default: the provider's own address. */
  readonly baseUrl?: string;
  readonly defaultModel: string;
  /** Of one call; default 10 minutes. */
  readonly timeoutMs?: number;
}

type Message = Anthropic.Message;

const connect = async ({ apiKey, baseUrl, timeoutMs = 600_000 }: AnthropicOptions) => {
  // Loaded with the first call: without a key nobody pays for it in memory.
  const library = await import('@anthropic-ai/sdk');
  const client = new library.Anthropic({
    apiKey,
    // Null, so that the library does not look into the environment: `config.ts` alone does.
    authToken: null,
    baseURL: baseUrl ?? null,
    timeout: timeoutMs,
    // The engine retries: each try is a recorded attempt of its own.
    maxRetries: 0,
    logLevel: 'off',
  });
  return {
    client,
    isApiError: (error: unknown): error is APIError => error instanceof library.APIError,
  };
};

const answerOf = (message: Message, request: ModelRequest): ModelAnswer => {
  const usage = {
    inputTokens: message.usage.input_tokens,
    outputTokens: message.usage.output_tokens,
  };
  return {
    text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    turn: {
      provider: 'anthropic',
      model: message.model,
      simulated: false,
      stopReason: message.stop_reason ?? 'unknown',
      ...usage,
      costMicroUsd: costMicroUsd(message.model, usage),
      requestHash: requestHash(request),
    },
  };
};

/**
 * Anthropic's Messages API. `temperature` is not sent: this version of the API refuses it for every
 * model. It still counts in the request's hash.
 */
export const createAnthropicModels = (options: AnthropicOptions): ModelProvider => {
  let connection: ReturnType<typeof connect> | undefined;

  return {
    name: 'anthropic',
    simulated: false,
    complete: async (asked, { signal }) => {
      const { client, isApiError } = await (connection ??= connect(options));
      const request = { ...asked, model: modelCalled(asked.model, options.defaultModel) };
      try {
        const message = await client.messages.create(
          {
            model: request.model,
            max_tokens: request.maxTokens,
            messages: [{ role: 'user', content: request.prompt }],
            ...(request.system === undefined ? {} : { system: request.system }),
          },
          { signal },
        );
        return answerOf(message, request);
      } catch (error) {
        if (signal.aborted)
          throw new StudioError('cancelled', 'effect.cancelled', 'the model call was called off', {
            cause: error,
          });
        throw isApiError(error) ? modelErrorOf(error) : error;
      }
    },
  };
};
