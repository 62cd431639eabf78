/** How a column is stored. Instants are texts with `Z`; `json` is JSON text; only a `count` can be added to. */
export type ColumnType = 'id' | 'text' | 'int' | 'boolean' | 'instant' | 'json' | 'count';

interface Values {
  id: string;
  text: string;
  int: number;
  boolean: boolean;
  instant: string;
  json: string;
  count: number;
}

export type Columns = Readonly<Record<string, ColumnType>>;

/** A table of rows that follow from events. Rows are found by `key` alone. */
export interface Table<Declared extends Columns = Columns> {
  readonly name: string;
  readonly columns: Declared;
  readonly key: readonly string[];
  /** Adding to an absent row makes it, from zero. All its columns are key or count. */
  readonly counter?: boolean;
  /** Column lists as SQL writes them, such as `workspace_id, created_at desc`. */
  readonly indexes?: readonly string[];
}

/** Keeps the columns' types while the table is declared. */
export const table = <const Declared extends Columns>(declared: Table<Declared>): Table<Declared> =>
  declared;

export type Row<Declared extends Columns = Columns> = {
  readonly [Column in keyof Declared]?: Values[Declared[Column]] | null;
};
export type Counts<Declared extends Columns = Columns> = {
  readonly [Column in keyof Declared]?: number;
};
type AnyRow = Readonly<Record<string, unknown>>;

/** What one event does to one row. Changes to the same row apply in the order of their events. */
export type RowChange = {
  readonly table: Table;
  /** The whole key; of `patch_all` its leading columns. */
  readonly key: AnyRow;
} & (
  | { readonly kind: 'insert'; readonly row: AnyRow; readonly keep: readonly string[] }
  | { readonly kind: 'patch'; readonly row: AnyRow }
  | { readonly kind: 'add'; readonly counts: Readonly<Record<string, number>> }
  | { readonly kind: 'remove' }
  | { readonly kind: 'patch_all'; readonly row: AnyRow }
);

const keyOf = (table: Table, row: AnyRow): AnyRow => {
  const key = Object.fromEntries(table.key.map((column) => [column, row[column]]));
  const missing = table.key.find((column) => key[column] === undefined || key[column] === null);
  if (missing) throw new TypeError(`${table.name}: a change without its key column ${missing}`);
  return key;
};

const plain = <Declared extends Columns>(table: Table<Declared>): Table => table; // rows were checked against the columns; from here on they are only data

/** Makes the row. Where it stands already, the given columns are overwritten, those of `keep` are not. */
export const insert = <Declared extends Columns>(
  into: Table<Declared>,
  row: Row<Declared>,
  keep: readonly (keyof Declared & string)[] = [],
): RowChange => ({
  kind: 'insert',
  table: plain(into),
  key: keyOf(plain(into), row),
  row,
  keep: [...keep, ...into.key],
});

/** Sets columns of a row; an absent row stays absent. `row` holds the key and what is set. */
export const patch = <Declared extends Columns>(
  within: Table<Declared>,
  row: Row<Declared>,
): RowChange => {
  const key = keyOf(plain(within), row);
  const set = Object.fromEntries(Object.entries(row).filter(([column]) => !(column in key)));
  return { kind: 'patch', table: plain(within), key, row: set };
};

/** Adds to `count` columns of a row; an absent row stays absent, unless the table is a counter. */
export const add = <Declared extends Columns>(
  to: Table<Declared>,
  key: Row<Declared>,
  counts: Counts<Declared>,
): RowChange => ({
  kind: 'add',
  table: plain(to),
  key: keyOf(plain(to), key),
  counts: counts as Record<string, number>, // an absent count is not enumerated
});

export const remove = <Declared extends Columns>(
  from: Table<Declared>,
  key: Row<Declared>,
): RowChange => ({ kind: 'remove', table: plain(from), key: keyOf(plain(from), key) });

/** Sets columns of every row whose key begins with `within`, for example of all nodes of a run. */
export const patchAll = <Declared extends Columns>(
  of: Table<Declared>,
  within: Row<Declared>,
  row: Row<Declared>,
): RowChange => ({ kind: 'patch_all', table: plain(of), key: within, row });
