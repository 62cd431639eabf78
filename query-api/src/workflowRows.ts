import type { WorkflowId, WorkflowsQuery, WorkspaceId } from '@studio/contracts';
import { sql } from 'kysely';

import type { ReadDatabase } from './readModels.ts';
import { type WorkflowRow, workflowRow } from './rows.ts';
import { type Counted, countUpTo } from './totals.ts';

export interface WorkflowPage extends Counted {
  readonly rows: readonly WorkflowRow[];
}

/** `%` and `_` of a search are letters like others. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const matching = (database: ReadDatabase, workspaceId: WorkspaceId, query: WorkflowsQuery) =>
  database
    .selectFrom('workflows')
    // A public workflow is in everyone's list.
    .where((eb) => eb.or([eb('workspace_id', '=', workspaceId), eb('is_public', '=', true)]))
    .$if(query.status !== undefined, (all) => all.where('status', '=', query.status ?? ''))
    .$if(query.is_public !== undefined, (all) =>
      all.where('is_public', '=', query.is_public ?? false),
    )
    .$if(query.query !== undefined, (all) =>
      all.where((eb) =>
        eb.or([
          eb('name', 'ilike', containing(query.query ?? '')),
          eb('description', 'ilike', containing(query.query ?? '')),
        ]),
      ),
    )
    .$if(query.tags !== undefined, (all) =>
      all.where(
        sql<boolean>`tags ?| ${(query.tags ?? []).map((tag) => tag.trim().toLowerCase())}::text[]`,
      ),
    );

/** The workflows that a person sees, last changed first. */
export const workflowPage = async (
  database: ReadDatabase,
  workspaceId: WorkspaceId,
  query: WorkflowsQuery,
): Promise<WorkflowPage> => {
  const all = matching(database, workspaceId, query);
  const [rows, counted] = await Promise.all([
    all
      .selectAll()
      .orderBy('updated_at', 'desc')
      .orderBy('id')
      .limit(query.limit)
      .offset(query.offset)
      .execute(),
    countUpTo(database, all.select('id')),
  ]);
  return { rows: rows.map(workflowRow), ...counted };
};

export const findWorkflow = async (
  database: ReadDatabase,
  id: WorkflowId,
): Promise<WorkflowRow | null> => {
  const row = await database
    .selectFrom('workflows')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? workflowRow(row) : null;
};
