import type { Server } from 'node:http';

import express, { type Express } from 'express';

import { addAgentRoutes } from './agents.routes.ts';
import { addApprovalLinkRoutes } from './approvalLinks.routes.ts';
import { addApprovalRoutes } from './approvals.routes.ts';
import { addDeadLetterRoutes } from './deadLetters.routes.ts';
import type { QueryApiDeps } from './deps.ts';
import { addDocsRoutes } from './docs/docs.routes.ts';
import { addExecutionRoutes } from './executions.routes.ts';
import { createFreshness } from './freshness.ts';
import { addHistoryRoutes } from './history.routes.ts';
import { addListeningRoutes } from './live/listening.routes.ts';
import { createSockets } from './live/sockets.ts';
import { addOpsRoutes } from './ops/ops.routes.ts';
import { addPage } from './page/page.routes.ts';
import { createPrepared } from './prepared.ts';
import { openReadModels } from './readModels.ts';
import { addServiceRoutes } from './service.routes.ts';
import { addWorkflowRoutes } from './workflows.routes.ts';

export interface QueryApi {
  /** Routes with their full paths; what it does not know falls through. Errors are for the shell around it. */
  readonly app: Express;
  /** Takes the upgrades of a server: every socket of the API. */
  attachSockets(server: Server): void;
  /** How many sockets are open. */
  readonly socketCount: () => number;
  /** Closes all sockets (1001) and ends the feed that they live on. */
  stop(): Promise<void>;
}

export const createQueryApi = (deps: QueryApiDeps): QueryApi => {
  const app = express();
  const parts = {
    deps,
    database: openReadModels(deps.pool),
    ask: createPrepared(deps.pool),
    isFresh: createFreshness(deps),
  };
  addPage(app, deps.apiPrefix);
  addServiceRoutes(app, deps.apiPrefix, deps);
  addDocsRoutes(app, deps);
  addWorkflowRoutes(app, deps.apiPrefix, parts);
  addAgentRoutes(app, deps.apiPrefix, parts);
  addDeadLetterRoutes(app, deps.apiPrefix, parts); // before `/executions/:id`
  addExecutionRoutes(app, deps.apiPrefix, parts);
  addApprovalRoutes(app, deps.apiPrefix, parts);
  addApprovalLinkRoutes(app, deps.apiPrefix, deps);
  addHistoryRoutes(app, deps.apiPrefix, deps);
  addOpsRoutes(app, deps.apiPrefix, parts);
  const sockets = createSockets(deps);
  addListeningRoutes(app, deps.apiPrefix, deps, sockets);
  return {
    app,
    socketCount: sockets.count,
    attachSockets: (server) => sockets.attach(server),
    stop: () => sockets.stop(),
  };
};
