import type { WorkflowContent } from '@studio/contracts';
import { agentsTable, insert, patch, remove, workflowsTable } from '@studio/infra';

import { agentRows } from './agentRows.ts';
import { projection } from './projection.ts';

const contentOf = (content: WorkflowContent) => ({
  name: content.name,
  description: content.description,
  nodes: JSON.stringify(content.nodes),
  connections: JSON.stringify(content.connections),
  settings: JSON.stringify(content.settings),
  tags: JSON.stringify(content.tags),
  is_public: content.isPublic,
});

/** Answers: which workflows are there, and how does each stand, with its agents? One row per workflow, and per agent. */
export const workflows = projection({
  name: 'workflows',
  version: 3,
  tables: [workflowsTable, agentsTable],
  on: {
    ...agentRows,
    WorkflowCreated: ({ data, metadata }) => [
      insert(workflowsTable, {
        id: data.workflowId,
        workspace_id: metadata.workspaceId,
        user_id: data.ownerId,
        ...contentOf(data),
        status: 'draft',
        version: 1,
        parent_workflow_id: data.parentWorkflowId,
        created_at: metadata.occurredAt,
        updated_at: metadata.occurredAt,
      }),
    ],
    WorkflowChanged: ({ data, metadata }) => [
      patch(workflowsTable, {
        id: data.workflowId,
        ...contentOf(data),
        version: data.version,
        updated_at: metadata.occurredAt,
      }),
    ],
    WorkflowStatusChanged: ({ data, metadata }) => [
      patch(workflowsTable, {
        ...{ id: data.workflowId, status: data.status, updated_at: metadata.occurredAt },
      }),
    ],
    WorkflowDeleted: ({ data }) => [remove(workflowsTable, { id: data.workflowId })],
  },
});
