import type { WorkspaceId } from '@studio/contracts';
import type { SelectQueryBuilder } from 'kysely';

import type { ReadDatabase } from './readModels.ts';

export interface Counted {
  readonly total: number;
  /** True when more rows match than were counted. */
  readonly isEstimate: boolean;
}

export const mostCounted = 10_000;

/** Counts exactly up to 10,000. */
export const countUpTo = async <Known, From extends keyof Known>(
  database: ReadDatabase,
  ids: SelectQueryBuilder<Known, From, { id: string | null }>,
): Promise<Counted> => {
  const { found } = await database
    .selectFrom(ids.limit(mostCounted + 1).as('matching'))
    .select(({ fn }) => fn.countAll<string>().as('found'))
    .executeTakeFirstOrThrow();
  const total = Math.min(Number(found), mostCounted);
  return { total, isEstimate: Number(found) > mostCounted };
};

/** The exact number of a workspace's runs, from kept counters: all of them, of one status or of one workflow. */
export const keptTotal = async (
  database: ReadDatabase,
  workspaceId: WorkspaceId,
  of: { readonly status?: string | undefined; readonly workflowId?: string | undefined },
): Promise<Counted> => {
  const [dimension, value] =
    of.workflowId === undefined ? ['status', of.status] : ['workflow', of.workflowId];
  const { runs } = await database
    .selectFrom('execution_totals')
    .select(({ fn }) => fn.sum<string | null>('runs').as('runs'))
    .where('workspace_id', '=', workspaceId)
    .where('dimension', '=', dimension)
    .$if(value !== undefined, (all) => all.where('value', '=', value ?? ''))
    .executeTakeFirstOrThrow();
  return { total: Number(runs ?? 0), isEstimate: false };
};
