import { createHash } from 'node:crypto';

import { createPinning, createWorkflowAt } from '@studio/domain';
import express, { type Express } from 'express';

import { createAccess, createRoleIn } from './access.ts';
import { agentRoutes } from './agents/agents.routes.ts';
import { agentTestRoutes } from './agents/agentTest.routes.ts';
import { approvalLinkRoutes } from './approvals/approvalLinks.routes.ts';
import { approvalRoutes } from './approvals/approvals.routes.ts';
import { authRoutes } from './auth/auth.routes.ts';
import { callbackRoutes } from './callbacks/callbacks.routes.ts';
import type { CommandApiDependencies } from './dependencies.ts';
import { executionRoutes } from './executions/executions.routes.ts';
import { migrationRoutes } from './executions/migrations.routes.ts';
import { redriveRoutes } from './executions/redrive.routes.ts';
import { rerunRoutes } from './executions/rerun.routes.ts';
import { rewindRoutes } from './executions/rewind.routes.ts';
import { signalRoutes } from './executions/signals.routes.ts';
import { startRoutes } from './executions/starts.routes.ts';
import { fileRoutes } from './files/files.routes.ts';
import { createFolds } from './folds.ts';
import { haltRoutes } from './halts.routes.ts';
import { kindLookup } from './kinds.ts';
import { retentionRoutes } from './retention/retention.routes.ts';
import { deliveryRoutes } from './webhooks/deliveries.routes.ts';
import { webhookRoutes } from './webhooks/webhooks.routes.ts';
import { eventTriggerRoutes } from './workflows/eventTriggers.routes.ts';
import { workflowLifecycleRoutes } from './workflows/lifecycle.routes.ts';
import { scheduleRoutes } from './workflows/schedule.routes.ts';
import { workflowVersionRoutes } from './workflows/versions.routes.ts';
import { workflowRoutes } from './workflows/workflows.routes.ts';

/**
 * Every write of the API. Serve it by `createHttpApp`, which brings bodies, headers and problem
 * documents; a request that no route here takes falls through to the next API.
 */
export const createCommandApi = (dependencies: CommandApiDependencies): Express => {
  const { log, findKind, checkExpression, mostRunsInWorkspace, prefix = '/api/v1' } = dependencies;
  const app = express();
  const folds = createFolds(log);
  const roleIn = createRoleIn(folds);
  const access = createAccess(folds);
  const workflowAt = createWorkflowAt(log);
  const pin = createPinning({
    ...{ lookUp: kindLookup(findKind), checkExpression, mostRunsInWorkspace },
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  startRoutes(app, prefix, { dependencies, folds, access, pin, workflowAt }); // first: routes are tried in this order
  authRoutes(app, prefix, dependencies, folds);
  const workflows = { dependencies, folds, access, lookUp: kindLookup(findKind) };
  workflowRoutes(app, prefix, workflows);
  workflowLifecycleRoutes(app, prefix, workflows);
  scheduleRoutes(app, prefix, workflows);
  eventTriggerRoutes(app, prefix, workflows);
  workflowVersionRoutes(app, prefix, { ...workflows, workflowAt });
  agentRoutes(app, prefix, workflows);
  agentTestRoutes(app, prefix, { ...workflows, pin });
  approvalRoutes(app, prefix, { dependencies, roleIn });
  approvalLinkRoutes(app, prefix, { dependencies, roleIn });
  executionRoutes(app, prefix, { dependencies, folds, access });
  redriveRoutes(app, prefix, { dependencies, folds, access });
  rerunRoutes(app, prefix, { dependencies, folds, access });
  rewindRoutes(app, prefix, { dependencies, folds, access });
  migrationRoutes(app, prefix, { ...workflows, pin, workflowAt });
  signalRoutes(app, prefix, { dependencies, access });
  callbackRoutes(app, prefix, dependencies);
  haltRoutes(app, prefix, workflows);
  retentionRoutes(app, prefix, workflows);
  webhookRoutes(app, prefix, workflows);
  deliveryRoutes(app, prefix, { dependencies, folds, access, pin, workflowAt });
  fileRoutes(app, prefix, { ...workflows, pin, workflowAt });
  return app;
};
