import type { WorkflowId, WorkflowsQuery, WorkspaceId } from '@studio/contracts';
import { workflowsTable } from '@studio/infra';

import type { Prepared } from './prepared.ts';
import { type WorkflowRow, workflowRow } from './rows.ts';
import { type Counted, mostCounted } from './totals.ts';

export interface WorkflowPage extends Counted {
  readonly rows: readonly WorkflowRow[];
}

// Named one by one, so that a view with a column more does not break a statement that is planned already.
const columns = Object.keys(workflowsTable.columns).join(', ');

/** `%` and `_` of a search are letters like others. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

interface Matching {
  readonly conditions: string;
  readonly values: readonly unknown[];
}

const matching = (workspaceId: WorkspaceId, query: WorkflowsQuery): Matching => {
  const values: unknown[] = [workspaceId];
  // A public workflow is in everyone's list.
  const conditions = ['(workspace_id = $1 or is_public)'];
  const where = (value: unknown, condition: (placeholder: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  const { status, is_public, query: text, tags } = query;
  where(status, (at) => `status = ${at}`);
  where(is_public, (at) => `is_public = ${at}`);
  where(
    text === undefined ? undefined : containing(text),
    (at) => `(name ilike ${at} or description ilike ${at})`,
  );
  where(
    tags?.map((tag) => tag.trim().toLowerCase()),
    (at) => `tags ?| ${at}::text[]`,
  );
  return { conditions: conditions.join(' and '), values };
};

/** The page and the count in one statement; where the page is empty the count comes with a row of nulls. */
const pageOf = (conditions: string, next: number): string => `
  with page as (
    select ${columns} from read.workflows where ${conditions}
    order by updated_at desc, id limit $${next} offset $${next + 1}
  ), counted as (
    select count(*)::int as found from (
      select id from read.workflows where ${conditions} limit ${mostCounted + 1}
    ) matching
  )
  select counted.found, page.* from counted left join page on true
  order by page.updated_at desc, page.id`;

/** The workflows that a person sees, last changed first. */
export const workflowPage = async (
  ask: Prepared,
  workspaceId: WorkspaceId,
  query: WorkflowsQuery,
): Promise<WorkflowPage> => {
  const { conditions, values } = matching(workspaceId, query);
  const text = pageOf(conditions, values.length + 1);
  const rows = await ask<{ found: number; id: string | null }>(text, [
    ...values,
    query.limit,
    query.offset,
  ]);
  const found = rows[0]?.found ?? 0;
  return {
    rows: rows.filter(({ id }) => id !== null).map(workflowRow),
    total: Math.min(found, mostCounted),
    isEstimate: found > mostCounted,
  };
};

const one = `select ${columns} from read.workflows where id = $1`;

export const findWorkflow = async (ask: Prepared, id: WorkflowId): Promise<WorkflowRow | null> => {
  const [row] = await ask(one, [id]);
  return row ? workflowRow(row) : null;
};
