import type { RowChange, Table } from './rowChanges.ts';
import { foldChanges, type NetChange, type WideChange } from './rowChangesFold.ts';

export type AppliedRow = Readonly<Record<string, unknown>>;

const widened = (row: AppliedRow, wide: readonly WideChange[]): AppliedRow =>
  wide
    .filter(({ key }) => Object.entries(key).every(([column, value]) => row[column] === value))
    .reduce((changed, { set }) => ({ ...changed, ...set }), row);

/** The whole row; null when it stays absent. */
const madeRow = (table: Table, { key, made, set, add }: NetChange): AppliedRow | null => {
  if (!made) return null;
  const known: AppliedRow = { ...made, ...set, ...add };
  const row: Record<string, unknown> = {};
  for (const [column, type] of Object.entries(table.columns))
    row[column] =
      (table.key.includes(column) ? key : known)[column] ?? (type === 'count' ? 0 : null);
  return row;
};

/** The rows that changes make of empty tables, by table name: what the database would hold, without it. */
export const applyChanges = (
  changes: readonly RowChange[],
): ReadonlyMap<string, readonly AppliedRow[]> =>
  new Map(
    [...foldChanges(changes)].map(([table, { rows, wide }]) => [
      table.name,
      rows
        .map((net) => madeRow(table, net))
        .filter((row) => row !== null)
        .map((row) => widened(row, wide)),
    ]),
  );
