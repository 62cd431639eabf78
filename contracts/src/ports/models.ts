import type { ModelTurn } from '../execution/events.ts';

export interface ModelRequest {
  readonly model: string;
  readonly system?: string;
  readonly prompt: string;
  readonly temperature?: number;
  readonly maxTokens: number;
}

export interface ModelAnswer {
  readonly text: string;
  readonly turn: ModelTurn;
}

/** A language model. Errors: `model.overloaded` (unavailable, with retryAfterMs), `model.failed` (refused). */
export interface ModelProvider {
  readonly name: string;
  /** True when answers are made up by the `simulated` provider. */
  readonly simulated: boolean;
  complete(
    request: ModelRequest,
    options: { signal: AbortSignal; idempotencyKey: string },
  ): Promise<ModelAnswer>;
}
