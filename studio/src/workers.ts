import {
  createExpressions,
  type Executor,
  type Expressions,
  startExecutor,
} from '@studio/executor';
import {
  createEngineIndex,
  createHttpClient,
  createModelProvider,
  createShardTable,
  deterministicId,
  newId,
} from '@studio/infra';
import { findKind } from '@studio/kinds';
import { type Projectors, startProjectors } from '@studio/projectors';

import type { Context } from './context.ts';
import type { Storage } from './storage.ts';

/** What follows the log: the projectors to show it, the executor to bring runs forward. */
export interface Workers {
  readonly projectors: Projectors;
  readonly executor: Executor;
  readonly expressions: Expressions;
  readonly modelsAreSimulated: boolean;
}

const effectsGraceMs = 4_000;

export const startWorkers = async (
  { config, releases, decorations, trouble }: Context,
  { database, log }: Storage,
): Promise<Workers> => {
  const { pool, rebuildable } = database;
  const projectors = await startProjectors({
    ...{ pool: decorations.projections?.(rebuildable) ?? rebuildable, log },
    onTrouble: trouble('projections'),
  });
  releases.add('projectors', () => projectors.stop());

  const expressions = createExpressions();
  releases.add('expressions', () => expressions.close());
  const http = createHttpClient();
  const { anthropicApiKey: apiKey, anthropicBaseUrl: baseUrl, defaultModel } = config;
  const models = createModelProvider({ apiKey, baseUrl, defaultModel });
  const index = createEngineIndex(rebuildable);
  const executor = await startExecutor({
    ...{ log, newId, alone: config.databaseUrl === undefined },
    ...{ index: decorations.index?.(index) ?? index, shards: createShardTable(pool) },
    ...(decorations.onFacts ? { onFacts: decorations.onFacts } : {}),
    maxEffects: config.executorMaxEffects,
    workbench: {
      ...{ findKind, expressions, deterministicId, models },
      http: decorations.http?.(http) ?? http,
    },
    onError: (error, where) => {
      trouble(where)(error);
    },
  });
  releases.add('executor', () => executor.stop(effectsGraceMs));
  return { projectors, executor, expressions, modelsAreSimulated: models.simulated };
};
