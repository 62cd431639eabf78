import { createCodeHash, createCommandApi } from '@studio/command-api';
import type { Executor, Expressions } from '@studio/executor';
import {
  type Auth,
  createAgentPlaces,
  createFailedRuns,
  createOpenRuns,
  createOutboxMailer,
  createPatience,
  deterministicId,
  newId,
  occurrences,
  type ProjectionPositions,
  type SessionPositions,
  systemClock as clock,
} from '@studio/infra';

import type { Context } from './context.ts';
import { openSingletons } from './singletons.ts';
import type { Storage } from './storage.ts';

export interface CommandDoorParts {
  readonly auth: Auth;
  readonly sessionPositions: SessionPositions;
  readonly readModels: ProjectionPositions;
  readonly expressions: Expressions;
  /** The executor of this process; null when runs are brought forward elsewhere. */
  readonly executor: Executor | null;
}

type CommandApi = ReturnType<typeof createCommandApi>;

/** Every write. */
export const openCommandDoor = (
  { config, kinds, folder, say }: Context,
  storage: Storage,
  { auth, sessionPositions: positions, readModels, expressions, executor }: CommandDoorParts,
): CommandApi => {
  const { log, keys, files, database } = storage;
  const patience = createPatience();
  const rows = {
    ...{ pool: database.pool, positions: readModels },
    lastPosition: () => log.lastPosition(),
  };
  const { rateLimit: points, rateLimitWindowSeconds: seconds } = config.otp;
  return createCommandApi({
    ...{ log, newId, clock, keys, files, auth, positions, deterministicId },
    findKind: kinds.find,
    occurrences,
    singletons: openSingletons(storage, expressions),
    patience: (stream) => {
      const { wait } = patience();
      let goOn = (): void => undefined;
      return {
        wait: () => {
          goOn();
          if (executor) goOn = executor.giveWay(stream);
          return wait();
        },
        end: () => {
          goOn();
        },
      };
    },
    mailer: createOutboxMailer({
      ...{ folder: folder.outbox, from: 'studio@localhost', clock, newId },
      onWritten: (file) => {
        say(`A mail was written: ${folder.outbox}/${file}`);
      },
    }),
    checkExpression: (expression) => {
      expressions.check(expression);
    },
    codeHash: createCodeHash(config.otp.hashMemoryKib),
    rateLimits: { requestOtp: { points, seconds }, verifyOtp: { points: points * 2, seconds } },
    prefix: config.apiPrefix,
    mostRunsInWorkspace: config.maxRunsPerWorkspace,
    findAgent: createAgentPlaces(rows),
    failedRuns: createFailedRuns(rows),
    openRuns: createOpenRuns(rows),
  });
};
