import type { RowChange, Table } from './rowChanges.ts';
import { foldChanges, type WideChange } from './rowChangesFold.ts';

export type AppliedRow = Readonly<Record<string, unknown>>;

const widened = (row: AppliedRow, wide: readonly WideChange[]): AppliedRow =>
  wide
    .filter(({ key }) => Object.entries(key).every(([column, value]) => row[column] === value))
    .reduce((changed, { set }) => ({ ...changed, ...set }), row);

const complete = (table: Table, row: AppliedRow): AppliedRow =>
  Object.fromEntries(
    Object.entries(table.columns).map(([column, type]) => [
      column,
      row[column] ?? (type === 'count' ? 0 : null),
    ]),
  );

/** The rows that changes make of empty tables, by table name: what the database would hold, without it. */
export const applyChanges = (
  changes: readonly RowChange[],
): ReadonlyMap<string, readonly AppliedRow[]> =>
  new Map(
    [...foldChanges(changes)].map(([table, { rows, wide }]) => [
      table.name,
      rows.flatMap(({ absent }) => (absent ? [complete(table, widened(absent, wide))] : [])),
    ]),
  );
