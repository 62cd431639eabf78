import type { RequestListener, Server } from 'node:http';

import { createCommandApi } from '@studio/command-api';
import {
  type Auth,
  createAgentPlaces,
  createAuth,
  createHttpApp,
  createOpener,
  createOutboxMailer,
  createPatience,
  createSessionPositions,
  deriveKey,
  deterministicId,
  newId,
  systemClock as clock,
} from '@studio/infra';
import { findKind } from '@studio/kinds';
import { executions, rowsOf, workflows } from '@studio/projectors';
import { createQueryApi } from '@studio/query-api';

import type { Context } from './context.ts';
import type { Storage } from './storage.ts';
import { version } from './version.ts';
import type { Workers } from './workers.ts';

const openAuth = ({ config }: Context, { database, masterKey }: Storage): Promise<Auth> =>
  createAuth({
    ...{ pool: database.pool, clock, newId },
    deriveKey: (purpose) => deriveKey(masterKey, purpose),
    accessTokenSeconds: config.accessTokenMinutes * 60,
    refreshTokenSeconds: config.refreshTokenDays * 86_400,
    codeSeconds: config.otp.expiryMinutes * 60,
  });

/** Both APIs on one server: commands, reads, sockets. */
export const openDoors = async (
  context: Context,
  storage: Storage,
  workers: Workers,
  server: Server,
): Promise<RequestListener> => {
  const { config, folder, logger, releases, say } = context;
  const { log, keys, files, database } = storage;
  const auth = await openAuth(context, storage);
  const positions = createSessionPositions();
  const patience = createPatience();
  const { rateLimit: points, rateLimitWindowSeconds: seconds } = config.otp;
  const commandApi = createCommandApi({
    ...{ log, newId, clock, keys, files, auth, positions, deterministicId, findKind },
    patience: (stream) => {
      const { wait } = patience();
      let goOn = (): void => undefined;
      return {
        wait: () => {
          goOn();
          goOn = workers.executor.giveWay(stream);
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
      workers.expressions.check(expression);
    },
    rateLimits: { requestOtp: { points, seconds }, verifyOtp: { points: points * 2, seconds } },
    prefix: config.apiPrefix,
    findAgent: createAgentPlaces({
      ...{ pool: database.pool, positions: workers.projectors },
      lastPosition: () => log.lastPosition(),
    }),
  });
  const queryApi = createQueryApi({
    ...{ log, newId, clock, logger, version, apiPrefix: config.apiPrefix },
    ...{ pool: database.pool, opener: createOpener({ keys, files }) },
    ...{ authenticator: auth.authenticator, sessionPositions: positions },
    positions: workers.projectors,
    rowsOf: (name, events) => rowsOf({ workflows, executions }[name], events),
  });
  queryApi.attachSockets(server);
  releases.add('sockets', () => queryApi.stop());
  return createHttpApp({
    ...{ newId, logger, corsOrigins: config.corsOrigins },
    apis: [commandApi, queryApi.app],
  });
};
