import type { RequestListener, Server } from 'node:http';

import type { Executor, Expressions } from '@studio/executor';
import {
  type Auth,
  type Config,
  createAuth,
  createHttpMetrics,
  createSessionPositions,
  deriveKey,
  type NamedAdministrators,
  newId,
  type ProjectionPositions,
  systemClock as clock,
} from '@studio/infra';
import { createHttpApp, createMetricsApi } from '@studio/infra/http';
import { createHealthApi, type QueryApiDeps } from '@studio/query-api';

import { openCommandDoor } from './commandDoor.ts';
import type { Context } from './context.ts';
import { openQueryDoor } from './queryDoor.ts';
import { plays } from './roles.ts';
import type { Storage } from './storage.ts';

export interface DoorParts {
  readonly readModels: ProjectionPositions;
  /** Every subscriber of the log, in all processes. */
  readonly subscribers: QueryApiDeps['subscribers'];
  readonly expressions: Expressions;
  /** Null when runs are brought forward in another process. */
  readonly executor: Executor | null;
  readonly server: Server;
  readonly isStopping: () => boolean;
}

/** Where nobody is named, an embedded studio is looked after by whoever signed in first. */
const administratorsOf = ({ adminEmails, databaseUrl }: Config): NamedAdministrators => {
  if (adminEmails.length > 0) return adminEmails;
  return databaseUrl === undefined ? 'first account' : null;
};

const openAuth = ({ config }: Context, { database, masterKey }: Storage): Promise<Auth> =>
  createAuth({
    ...{ pool: database.pool, clock, newId },
    deriveKey: (purpose) => deriveKey(masterKey, purpose),
    accessTokenSeconds: config.accessTokenMinutes * 60,
    refreshTokenSeconds: config.refreshTokenDays * 86_400,
    administrators: administratorsOf(config),
    codeSeconds: config.otp.expiryMinutes * 60,
  });

/** What the role shows to the network: commands, reads and sockets, each if it is its part, and health always. */
export const openDoors = async (
  context: Context,
  storage: Storage,
  parts: DoorParts,
): Promise<RequestListener> => {
  const { config, logger, metrics, role } = context;
  const { readModels } = parts;
  const shared = {
    ...parts,
    auth: await openAuth(context, storage),
    sessionPositions: createSessionPositions(),
  };
  const reads = plays(role, 'query-api');
  const health = {
    ...{ pool: storage.database.pool, log: storage.log },
    ...(role === 'projectors' ? { positions: readModels } : {}),
  };
  return createHttpApp({
    ...{ newId, logger, corsOrigins: config.corsOrigins, trustedProxies: config.trustedProxies },
    people: {
      authenticator: shared.auth.authenticator,
      ...{ prefix: config.apiPrefix, hourly: config.hourlyLimits },
    },
    isStopping: parts.isStopping,
    onAnswered: createHttpMetrics(metrics.meter),
    apis: [
      createMetricsApi(metrics, config.metricsToken),
      ...(plays(role, 'command-api') ? [openCommandDoor(context, storage, shared)] : []),
      reads ? openQueryDoor(context, storage, shared) : createHealthApi(health),
    ],
  });
};
