/** How a column is stored. Instants are texts with `Z`; `json` is JSON text; only a `count` can be added to. */
export type ColumnType =
  'id' | 'text' | 'int' | 'boolean' | 'instant' | 'json' | 'count' | 'position';

interface Values {
  id: string;
  text: string;
  int: number;
  boolean: boolean;
  instant: string;
  json: string;
  count: number;
  position: bigint;
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
} & (
  | {
      readonly kind: 'insert';
      readonly id: RowId;
      readonly row: AnyRow;
      readonly keep: readonly string[];
    }
  | { readonly kind: 'patch'; readonly id: RowId; readonly row: AnyRow }
  | {
      readonly kind: 'add';
      readonly id: RowId;
      readonly row: AnyRow;
      readonly counts: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'remove'; readonly id: RowId; readonly row: AnyRow }
  /** `within` holds leading columns of the key. */
  | { readonly kind: 'patch_all'; readonly within: AnyRow; readonly row: AnyRow }
);

/** The values of a row's key in one text. The `row` beside it holds the key's columns too. */
type RowId = string;

const idOf = (table: Table, row: AnyRow): RowId => {
  let id = '';
  for (const column of table.key) {
    const value = row[column];
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new TypeError(`${table.name}: a change without its key column ${column}`);
    id += `${value}\n`;
  }
  return id;
};

const plain = <Declared extends Columns>(table: Table<Declared>): Table => table; // rows were checked against the columns; from here on they are only data

/** Makes the row. Where it stands already, the given columns are overwritten, those of `keep` are not. */
export const insert = <Declared extends Columns>(
  into: Table<Declared>,
  row: Row<Declared>,
  keep: readonly (keyof Declared & string)[] = [],
): RowChange => ({ kind: 'insert', table: plain(into), id: idOf(plain(into), row), row, keep });

/** Sets columns of a row; an absent row stays absent. `row` holds the key and what is set. */
export const patch = <Declared extends Columns>(
  within: Table<Declared>,
  row: Row<Declared>,
): RowChange => ({ kind: 'patch', table: plain(within), id: idOf(plain(within), row), row });

/** Adds to `count` columns of a row; an absent row stays absent, unless the table is a counter. */
export const add = <Declared extends Columns>(
  to: Table<Declared>,
  key: Row<Declared>,
  counts: Counts<Declared>,
): RowChange => ({
  kind: 'add',
  table: plain(to),
  id: idOf(plain(to), key),
  row: key,
  counts: counts as Record<string, number>, // an absent count is not enumerated
});

export const remove = <Declared extends Columns>(
  from: Table<Declared>,
  key: Row<Declared>,
): RowChange => ({ kind: 'remove', table: plain(from), id: idOf(plain(from), key), row: key });

/** Sets columns of every row whose key begins with `within`, for example of all nodes of a run. */
export const patchAll = <Declared extends Columns>(
  of: Table<Declared>,
  within: Row<Declared>,
  row: Row<Declared>,
): RowChange => ({ kind: 'patch_all', table: plain(of), within, row });
