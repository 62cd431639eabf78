import { hash } from 'node:crypto';

import { createPinning } from '@studio/domain';
import { type Executor, type Expressions, startExecutor } from '@studio/executor';
import {
  createEngineIndex,
  createHmacOf,
  createHttpClient,
  createModelProvider,
  createPatience,
  createPeople,
  createPermitTable,
  createRunMetrics,
  createShardTable,
  createSnapshotTable,
  deriveKey,
  deterministicId,
  newId,
  observeNumber,
  occurrences,
  systemClock,
} from '@studio/infra';
import { kindName } from '@studio/kinds';

import type { Context } from './context.ts';
import { startExecutorReport } from './executorReport.ts';
import { openSingletons } from './singletons.ts';
import type { Storage } from './storage.ts';

/** What brings runs forward. */
export interface Engine {
  readonly executor: Executor;
  readonly modelsAreSimulated: boolean;
}

const effectsGraceMs = 4_000;

export const startEngine = async (
  context: Context,
  storage: Storage,
  expressions: Expressions,
): Promise<Engine> => {
  const { config, kinds, logger, releases, metrics, decorations, trouble } = context;
  const { database, log, keys, masterKey } = storage;
  const { pool, rebuildable } = database;
  const http = createHttpClient();
  const { anthropicApiKey: apiKey, anthropicBaseUrl: baseUrl, defaultModel } = config;
  const models = createModelProvider({ apiKey, baseUrl, defaultModel });
  const people = createPeople({
    ...{ pool, newId, clock: systemClock },
    deriveKey: (purpose) => deriveKey(masterKey, purpose),
  });
  const index = createEngineIndex(rebuildable);
  const hmac = createHmacOf(deriveKey(masterKey, 'studio/permits/1'));
  const count = createRunMetrics(metrics.meter);
  const executor = await startExecutor({
    ...{ log, newId, alone: config.databaseUrl === undefined },
    ...{ index: decorations.index?.(index) ?? index, shards: createShardTable(pool) },
    permits: createPermitTable(pool),
    snapshots: createSnapshotTable(rebuildable, keys),
    onFacts: (before, events, at) => {
      const { definition } = before;
      count({ definition, events, ...at });
      decorations.onFacts?.(before, events, at);
    },
    triggers: {
      ...{ keys, occurrences, patience: createPatience() },
      singletons: openSingletons(storage, expressions),
      pin: createPinning({
        lookUp: (name) => {
          const kind = kinds.find(name);
          return kind ? kindName(kind) : null;
        },
        checkExpression: (expression) => {
          expressions.check(expression);
        },
        sha256: (text) => hash('sha256', text),
        mostRunsInWorkspace: config.maxRunsPerWorkspace,
      }),
    },
    maxEffects: config.executorMaxEffects,
    weightOf: (workspaceId) => config.workspaceWeights[workspaceId] ?? 1,
    workbench: {
      findKind: kinds.find,
      ...{ expressions, deterministicId, models, people },
      http: decorations.http?.(http) ?? http,
      pseudonym: (text) => hmac(text).toString('base64url'),
    },
    onError: (error, where) => {
      trouble(where)(error);
    },
    onStuck: ({ executionId, revision }) => {
      logger.warn(
        { code: 'run.stuck', execution_id: executionId, revision },
        'A run stood still though it could go on; it was taken up',
      );
    },
  });
  const { meter } = metrics;
  observeNumber(meter, 'workflow_executions_live', 'Runs in memory here', () =>
    executor.liveRuns(),
  );
  observeNumber(
    meter,
    'workflow_executions_stuck',
    'Runs that the watchdog named and that still stand still',
    () => executor.stuckRuns().filter(({ wentOn }) => !wentOn).length,
  );
  releases.add('executor', () => executor.stop(effectsGraceMs));
  startExecutorReport(context, storage, executor);
  return { executor, modelsAreSimulated: models.simulated };
};
