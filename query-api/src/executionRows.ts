import type { ExecutionId, ExecutionsQuery, WorkspaceId } from '@studio/contracts';
import type { Hmac } from '@studio/infra';

import { isNamed } from './namedRuns.ts';
import { namesSought } from './namesSought.ts';
import type { ReadDatabase } from './readModels.ts';
import { type ExecutionRow, executionRow, type NodeRow, nodeRow } from './rows.ts';
import { type Counted, countUpTo, keptTotal } from './totals.ts';

export interface ExecutionPage extends Counted {
  readonly rows: readonly ExecutionRow[];
}

/** The runs of a workspace, newest first. */
export const executionPage = async (
  database: ReadDatabase,
  { nameHmac, workspaceId }: { readonly nameHmac: Hmac; readonly workspaceId: WorkspaceId },
  query: ExecutionsQuery,
): Promise<ExecutionPage> => {
  const { status, workflow_id: workflowId } = query;
  const all = database
    .selectFrom('executions')
    .where('workspace_id', '=', workspaceId)
    .where(isNamed(nameHmac, workspaceId, query))
    .$if(status !== undefined, (some) => some.where('status', '=', status ?? ''))
    .$if(workflowId !== undefined, (some) => some.where('workflow_id', '=', workflowId ?? ''));
  const both = status !== undefined && workflowId !== undefined;
  const isCounted = !both && namesSought(query).length === 0;
  const [rows, counted] = await Promise.all([
    all
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(query.limit)
      .offset(query.offset)
      .execute(),
    isCounted
      ? keptTotal(database, workspaceId, { status, workflowId })
      : countUpTo(database, all.select('id')),
  ]);
  return { rows: rows.map(executionRow), ...counted };
};

export const findExecution = async (
  database: ReadDatabase,
  id: ExecutionId,
): Promise<ExecutionRow | null> => {
  const row = await database
    .selectFrom('executions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? executionRow(row) : null;
};

/** In the order in which the instances began. */
export const findNodes = async (
  database: ReadDatabase,
  id: ExecutionId,
): Promise<readonly NodeRow[]> => {
  const rows = await database
    .selectFrom('node_executions')
    .selectAll()
    .where('execution_id', '=', id)
    .orderBy('first_revision')
    .orderBy('instance_id')
    .execute();
  return rows.map(nodeRow);
};
