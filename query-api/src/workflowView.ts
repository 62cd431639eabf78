import type { CanvasNode } from '@studio/contracts';
import { type Connection, WorkflowStatus, type WorkflowView } from '@studio/contracts';
import type { Opener } from '@studio/infra';

import type { WorkflowRow } from './rows.ts';

const tagsOf = (tags: unknown): string[] => (Array.isArray(tags) ? tags.map(String) : []);

/** Workflows as they are answered; what lies in file storage is fetched. */
export const workflowViews = async (
  opener: Opener,
  rows: readonly WorkflowRow[],
): Promise<WorkflowView[]> => {
  const columns = rows.flatMap(({ nodes, connections, settings }) => [
    nodes,
    connections,
    settings,
  ]);
  const values = await opener.fetch(columns.map((text) => JSON.parse(text) as unknown));
  return rows.map((row, index) => ({
    id: row.id,
    workspace_id: row.workspace_id,
    user_id: row.user_id,
    name: row.name,
    description: row.description,
    status: WorkflowStatus.parse(row.status),
    // The log's schema was checked when these were appended.
    nodes: values[index * 3] as CanvasNode[],
    connections: values[index * 3 + 1] as Connection[],
    settings: values[index * 3 + 2] as Record<string, unknown>,
    tags: tagsOf(row.tags),
    is_public: row.is_public,
    version: row.version,
    parent_workflow_id: row.parent_workflow_id,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }));
};
