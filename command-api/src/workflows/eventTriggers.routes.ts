import type { EventTriggersView } from '@studio/contracts';
import type { EventTrigger, SavedWorkflow } from '@studio/domain';
import type { Express } from 'express';

import { type CallerHandler, signedIn } from '../requests.ts';
import { workflowFor, type WorkflowParts } from './savedWorkflow.ts';

const skippedView = ({ lastSkipped }: EventTrigger) =>
  lastSkipped && {
    ...{ execution_id: lastSkipped.endedExecutionId, code: lastSkipped.code },
    skipped_at: lastSkipped.skippedAt,
  };

const viewOf = ({ workflowId, published, eventTriggers }: SavedWorkflow): EventTriggersView => ({
  ...{ workflow_id: workflowId, published_version: published?.version ?? null },
  triggers: [...eventTriggers.values()].map((trigger) => ({
    ...{ node_id: trigger.nodeId, workflow_ids: trigger.workflowIds?.slice() ?? null },
    ...{ outcomes: trigger.outcomes, expression: trigger.expression },
    ...{ set_by: trigger.setBy, set_at: trigger.setAt },
    last_skipped: skippedView(trigger),
  })),
});

const show =
  (parts: WorkflowParts): CallerHandler =>
  async (request, response, caller) => {
    const { saved } = await workflowFor(parts, request, caller, 'view_workflows');
    response.json(viewOf(saved));
  };

/** Which ends of executions start a workflow. */
export const eventTriggerRoutes = (app: Express, prefix: string, parts: WorkflowParts): void => {
  const { authenticator } = parts.dependencies.auth;
  app.get(`${prefix}/workflows/:workflowId/triggers`, signedIn(authenticator, show(parts)));
};
