import type {
  HttpAnswer,
  HttpRequest,
  ModelRequest,
  NodeContext,
  Progress,
} from '@studio/contracts';

export interface Asked {
  readonly http: HttpRequest[];
  readonly models: ModelRequest[];
  /** What it told of itself, in order; `{}` for a heartbeat. */
  readonly progress: Progress[];
  readonly expressions: { expression: string; extra: unknown }[];
}

/** What surrounds a node on trial; what is left out is empty, and every request is answered by 200. */
export interface World<Config> {
  readonly config: Config;
  readonly input?: unknown;
  readonly answer?: HttpAnswer | ((request: HttpRequest) => HttpAnswer);
  readonly simulated?: boolean;
  readonly evaluate?: (expression: string, extra: Readonly<Record<string, unknown>>) => unknown;
  readonly signal?: AbortSignal;
}

/** A node's context that answers from `world` and notes what it was asked. */
export const contextOf = <Config>(
  world: World<Config>,
): { context: NodeContext<Config>; asked: Asked } => {
  const asked: Asked = { http: [], models: [], expressions: [], progress: [] };
  const context: NodeContext<Config> = {
    config: world.config,
    input: world.input,
    signal: world.signal ?? new AbortController().signal,
    idempotencyKey: 'key-1',
    progress: (made) => {
      asked.progress.push(made);
    },
    heartbeat: () => {
      asked.progress.push({});
    },
    evaluate: async (expression, extra = {}) => {
      asked.expressions.push({ expression, extra });
      return world.evaluate?.(expression, extra) ?? null;
    },
    http: {
      request: async (request) => {
        asked.http.push(request);
        const { answer = { status: 200, headers: {}, body: null } } = world;
        return typeof answer === 'function' ? answer(request) : answer;
      },
    },
    models: {
      name: 'test',
      simulated: world.simulated ?? false,
      complete: async (request) => {
        asked.models.push(request);
        return {
          text: 'the answer',
          turn: {
            provider: 'test',
            model: 'model-1',
            simulated: world.simulated ?? false,
            stopReason: 'end_turn',
            inputTokens: 3,
            outputTokens: 2,
            costMicroUsd: 9,
            requestHash: 'hash-1',
          },
        };
      },
    },
  };
  return { context, asked };
};
