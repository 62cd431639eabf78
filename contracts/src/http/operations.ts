import { agentOperations } from './agents.ts';
import { approvalLinkOperations } from './approvalLinks.ts';
import { approvalOperations } from './approvals.ts';
import { authOperations } from './auth.ts';
import { eventTriggerOperations } from './eventTriggers.ts';
import { executionOperations } from './executions.ts';
import { fileOperations } from './files.ts';
import { haltOperations } from './halts.ts';
import { kindOperations } from './kinds.ts';
import { migrationOperations } from './migrations.ts';
import type { Operation } from './operation.ts';
import { opsOperations } from './ops.ts';
import { retentionOperations } from './retention.ts';
import { scheduleOperations } from './schedules.ts';
import { serviceOperations } from './service.ts';
import { signalOperations } from './signals.ts';
import { socketOperations } from './sockets.ts';
import { webhookOperations } from './webhooks.ts';
import { workflowOperations } from './workflows.ts';
import { workflowVersionOperations } from './workflowVersions.ts';

/** Every endpoint of the product. A route that is missing here fails tests/http/openapi. */
export const operations: readonly Operation[] = [
  ...authOperations,
  ...workflowOperations,
  ...workflowVersionOperations,
  ...migrationOperations,
  ...scheduleOperations,
  ...eventTriggerOperations,
  ...fileOperations,
  ...haltOperations,
  ...agentOperations,
  ...executionOperations,
  ...signalOperations,
  ...approvalOperations,
  ...approvalLinkOperations,
  ...webhookOperations,
  ...retentionOperations,
  ...kindOperations,
  ...socketOperations,
  ...opsOperations,
  ...serviceOperations,
];

/** The path of an operation as it is served. */
export const servedPath = ({ path, at }: Operation, prefix = '/api/v1'): string =>
  at === 'root' ? path : prefix + path;
