import type { ApprovalsQuery } from '@studio/contracts';
import type { Caller } from '@studio/infra';
import { pendingApprovalsTable } from '@studio/infra';
import { sql } from 'kysely';

import type { ReadDatabase } from './readModels.ts';
import { type PlainRow, plainRow } from './rows.ts';
import { type Counted, countUpTo } from './totals.ts';

/** The first fact of an approval sets all but these. */
type Optional = 'title' | 'message' | 'payload' | 'due_at';
type Plain = PlainRow<typeof pendingApprovalsTable.columns>;
export type ApprovalRow = Pick<Plain, Optional> & {
  readonly [Column in Exclude<keyof Plain, Optional>]: NonNullable<Plain[Column]>;
};

/** Every name that the caller may be asked by. They own their personal workspace: all its roles are theirs. */
const keysOf = ({ userId, workspaceId }: Caller): string[] => [
  `user:${userId}`,
  ...['owner', 'administrator', 'editor', 'viewer'].map((role) => `${workspaceId}:${role}`),
];

/** What the caller is asked, the soonest deadline first. */
export const approvalPage = async (
  database: ReadDatabase,
  caller: Caller,
  { limit, offset }: ApprovalsQuery,
): Promise<Counted & { readonly rows: readonly ApprovalRow[] }> => {
  const keys = keysOf(caller);
  const mine = database
    .selectFrom('pending_approvals')
    .where('is_open', '=', true)
    .where(sql<boolean>`(assignees ?| ${keys}::text[] or escalated_to ?| ${keys}::text[])`);
  const [rows, counted] = await Promise.all([
    mine
      .selectAll()
      .orderBy('due_at', (by) => by.asc().nullsLast())
      .orderBy('created_at')
      .orderBy('execution_id')
      .orderBy('requested_at')
      .limit(limit)
      .offset(offset)
      .execute(),
    countUpTo(database, mine.select('execution_id as id')),
  ]);
  // See ApprovalRow.
  return {
    rows: rows.map((row) => plainRow(pendingApprovalsTable, row) as ApprovalRow),
    ...counted,
  };
};
