import type { ModelProvider } from '@studio/contracts';

import { createAnthropicModels } from './anthropic.ts';
import { defaultModelName } from './modelNames.ts';
import { createSimulatedModels } from './simulated.ts';

export interface ModelProviderOptions {
  /** Of Anthropic; without one, answers are simulated and labelled so. */
  readonly apiKey?: string | undefined;
  readonly baseUrl?: string | undefined;
  /** Answers where a workflow names no model; default `claude-sonnet-5-5`. */
  readonly defaultModel?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

export const createModelProvider = ({
  apiKey,
  baseUrl,
  defaultModel = defaultModelName,
  timeoutMs,
}: ModelProviderOptions = {}): ModelProvider =>
  apiKey
    ? createAnthropicModels({
        ...{ apiKey, defaultModel },
        ...(baseUrl === undefined ? {} : { baseUrl }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      })
    : createSimulatedModels(defaultModel);
