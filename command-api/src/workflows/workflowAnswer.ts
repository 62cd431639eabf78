import { StudioError, type WorkflowView } from '@studio/contracts';
import { isSaved, type KindLookup, type Loaded, type Workflow } from '@studio/domain';
import type { Response } from 'express';

import { placingErrors } from './findings.ts';
import { savingWarnings } from './savingWarnings.ts';

export const workflowNotFound = (): StudioError =>
  new StudioError('not_found', 'workflow.not_found', 'Workflow not found or access denied');

/** Answers a saved workflow with its version as ETag. */
export const answerWorkflow = (
  response: Response,
  { state, opened, changed }: Loaded<Workflow>,
  lookUp: KindLookup,
): void => {
  if (!isSaved(state) || !opened || !changed) throw workflowNotFound();
  const { content } = state;
  response.setHeader('ETag', `"${state.version}"`);
  const view: WorkflowView = {
    id: state.workflowId,
    workspace_id: opened.workspaceId,
    user_id: state.ownerId,
    name: content.name,
    description: content.description,
    status: state.status,
    nodes: content.nodes,
    connections: content.connections,
    settings: content.settings,
    tags: content.tags,
    is_public: content.isPublic,
    version: state.version,
    parent_workflow_id: state.parentWorkflowId,
    created_at: opened.occurredAt,
    updated_at: changed.occurredAt,
  };
  response.json({
    ...view,
    warnings: [...placingErrors(state, lookUp), ...savingWarnings(state, lookUp)],
  });
};
