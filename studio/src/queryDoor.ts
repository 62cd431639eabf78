import type { Server } from 'node:http';

import {
  type Auth,
  createOpener,
  newId,
  observeNumber,
  type ProjectionPositions,
  type SessionPositions,
  systemClock as clock,
} from '@studio/infra';
import { executions, rowsOf, workflows } from '@studio/projectors';
import { createQueryApi, type QueryApi, type QueryApiDeps } from '@studio/query-api';

import type { Context } from './context.ts';
import type { Storage } from './storage.ts';
import { version } from './version.ts';

export interface QueryDoorParts {
  readonly auth: Auth;
  readonly sessionPositions: SessionPositions;
  readonly readModels: ProjectionPositions;
  readonly subscribers: QueryApiDeps['subscribers'];
  /** Whose upgrades become sockets. */
  readonly server: Server;
}

/** Every read, and the sockets. */
export const openQueryDoor = (
  { config, kinds, logger, metrics, releases }: Context,
  { log, keys, files, database }: Storage,
  { auth, sessionPositions, readModels, subscribers, server }: QueryDoorParts,
): QueryApi['app'] => {
  const queryApi = createQueryApi({
    ...{ kinds, log, newId, clock, logger, version, apiPrefix: config.apiPrefix },
    ...{ pool: database.pool, opener: createOpener({ keys, files }) },
    ...{ authenticator: auth.authenticator, administrators: auth.administrators },
    ...{ callbackHmac: auth.callbackHmac, nameHmac: auth.nameHmac },
    ...{ sessionPositions, subscribers },
    positions: readModels,
    rowsOf: (name, events) => rowsOf({ workflows, executions }[name], events),
  });
  queryApi.attachSockets(server);
  const sockets = () => queryApi.socketCount();
  observeNumber(metrics.meter, 'websocket_connections', 'Sockets that are open', sockets);
  releases.add('sockets', () => queryApi.stop());
  return queryApi.app;
};
