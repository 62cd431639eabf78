import type { AgentsQuery, WorkflowId, WorkspaceId } from '@studio/contracts';

import type { ReadDatabase } from './readModels.ts';
import { type AgentRow, agentRow } from './rows.ts';
import { type Counted, countUpTo } from './totals.ts';

/** The agents of a workspace, newest first. */
export const agentPage = async (
  database: ReadDatabase,
  workspaceId: WorkspaceId,
  { workflow_id: workflowId, agent_type: type, limit, offset }: AgentsQuery,
): Promise<Counted & { readonly rows: readonly AgentRow[] }> => {
  const all = database
    .selectFrom('agents')
    .where('workspace_id', '=', workspaceId)
    .$if(workflowId !== undefined, (some) => some.where('workflow_id', '=', workflowId ?? ''))
    .$if(type !== undefined, (some) => some.where('type', '=', type ?? ''));
  const [rows, counted] = await Promise.all([
    all
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .offset(offset)
      .execute(),
    countUpTo(database, all.select('id')),
  ]);
  return { rows: rows.map(agentRow), ...counted };
};

export const agentsOf = async (
  database: ReadDatabase,
  workflowId: WorkflowId,
): Promise<readonly AgentRow[]> => {
  const rows = await database
    .selectFrom('agents')
    .selectAll()
    .where('workflow_id', '=', workflowId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(agentRow);
};

export const findAgent = async (database: ReadDatabase, id: string): Promise<AgentRow | null> => {
  const row = await database
    .selectFrom('agents')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? agentRow(row) : null;
};
