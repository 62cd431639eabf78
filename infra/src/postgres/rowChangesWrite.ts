import { hash } from 'node:crypto';

import type { ColumnType, Table } from './rowChanges.ts';
import { binaryArray } from './rowChangesArrays.ts';
import type { NetChange, TableChanges, WideChange } from './rowChangesFold.ts';

/** A connection or a pool of `pg`, as far as it is needed here. */
export interface Queryable {
  query(query: {
    name?: string;
    text: string;
    values?: unknown[];
  }): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
}

export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  id: 'text',
  text: 'text',
  int: 'int4',
  boolean: 'bool',
  instant: 'timestamptz',
  json: 'jsonb',
  count: 'int8',
  position: 'int8',
};

/**
 * Planner settings for the transaction that writes: a batch is small against its table, and a plan
 * made while the table was small must stay right when it has grown. Losing the last commits of a
 * crash is harmless, since rows and checkpoint are lost together and are made again from the log.
 */
export const writerSettings = `set local synchronous_commit = off;
  set local enable_hashjoin = off; set local enable_mergejoin = off;
  set local enable_seqscan = off; set local jit = off`;

/** More columns than a number has safe bits do not fit the two masks that say what a row changes. */
const maxColumns = 53;

const touchedBy = (table: Table, changes: readonly NetChange[]): string[] => {
  const whole = changes.some(({ fate }) => fate === 'replaced');
  const isTouched = (column: string): boolean =>
    changes.some(
      ({ made, set, add }) => column in set || column in add || (made !== null && column in made),
    );
  return Object.keys(table.columns)
    .filter((column) => !table.key.includes(column))
    .filter((column) => whole || isTouched(column));
};

const zeroOrNull = (table: Table, column: string): unknown =>
  table.columns[column] === 'count' ? 0 : null;

/** One value per row and column serves both an absent and a standing row; a change for which it could not is refused. */
const valueOf = (table: Table, { made, set, add }: NetChange, column: string): unknown => {
  const kept = made?.[column];
  if (kept !== undefined && column in add)
    throw new TypeError(`${table.name}.${column}: counted on from a value that is kept`);
  const value = column in set ? set[column] : (add[column] ?? kept);
  return value ?? zeroOrNull(table, column);
};

/** A bit for each column that is changed. Multiplied, since shifts end at 32 bits. */
const maskOf = (columns: readonly string[], changed: object, all: boolean): number => {
  let mask = 0;
  for (let index = 0, bit = 1; index < columns.length; index += 1, bit *= 2)
    if (all || (columns[index] ?? '') in changed) mask += bit;
  return mask;
};

const quoted = (name: string): string => `"${name}"`;

const updateOf = (table: Table, column: string, index: number): string => {
  const bit = (1n << BigInt(index)).toString();
  const name = quoted(column);
  const added =
    table.columns[column] === 'count'
      ? ` when change._add & ${bit} <> 0 then standing.${name} + change.${name}`
      : '';
  return `${name} = case when change._set & ${bit} <> 0 then change.${name}${added} else standing.${name} end`;
};

const statementText = (target: string, table: Table, columns: readonly string[]): string => {
  const all = [...table.key, ...columns];
  const types = all.map((column) => sqlTypes[table.columns[column] ?? 'text']);
  const parameters = [...types, 'int8', 'int8', 'text'].map((type, at) => `$${at + 1}::${type}[]`);
  const names = all.map(quoted).join(', ');
  const onKey = table.key.map((column) => `standing.${quoted(column)} = change.${quoted(column)}`);
  const update = columns.map((column, index) => updateOf(table, column, index)).join(', ');
  return [
    `merge into ${target} as standing`,
    `using unnest(${parameters.join(', ')}) as change(${names}, _set, _add, _do)`,
    `on ${onKey.join(' and ')}`,
    `when matched and change._do = 'delete' then delete`,
    ...(columns.length ? [`when matched then update set ${update}`] : []),
    `when not matched and change._do = 'make' then insert (${names})`,
    `values (${all.map((column) => `change.${quoted(column)}`).join(', ')})`,
  ].join('\n');
};

/** One column of the changes as a parameter. */
const parameter = (
  type: ColumnType,
  changes: readonly NetChange[],
  value: (net: NetChange) => unknown,
): Buffer => binaryArray(type, changes.map(value));

const doing = ({ fate, made }: NetChange): string => {
  if (fate === 'deleted') return 'delete';
  return made ? 'make' : 'change';
};

const statementNames = new Map<string, string>();
const nameOf = (text: string): string => {
  const name = statementNames.get(text) ?? `rows-${hash('sha1', text)}`;
  statementNames.set(text, name);
  return name;
};

const writeRows = async (
  client: Queryable,
  target: string,
  table: Table,
  changes: readonly NetChange[],
): Promise<void> => {
  const columns = touchedBy(table, changes);
  if (columns.length > maxColumns) throw new TypeError(`${table.name} has too many columns`);
  const text = statementText(target, table, columns);
  const typeOf = (column: string): ColumnType => table.columns[column] ?? 'text';
  const values: unknown[] = [
    ...table.key.map((column) => parameter(typeOf(column), changes, ({ key }) => key[column])),
    ...columns.map((column) =>
      parameter(typeOf(column), changes, (net) => valueOf(table, net, column)),
    ),
    parameter('count', changes, ({ set, fate }) => maskOf(columns, set, fate === 'replaced')),
    parameter('count', changes, ({ add }) => maskOf(columns, add, false)),
    parameter('text', changes, doing),
  ];
  await client.query({ name: nameOf(text), text, values });
};

const writeWide = async (
  client: Queryable,
  target: string,
  table: Table,
  { key, set }: WideChange,
): Promise<void> => {
  const place = (column: string, at: number): string =>
    `${quoted(column)} = $${at}::${sqlTypes[table.columns[column] ?? 'text']}`;
  const sets = Object.keys(set).map((column, index) => place(column, index + 1));
  const conditions = Object.keys(key).map((column, index) =>
    place(column, sets.length + index + 1),
  );
  const text = `update ${target} set ${sets.join(', ')} where ${conditions.join(' and ')}`;
  await client.query({ text, values: [...Object.values(set), ...Object.values(key)] });
};

/**
 * Writes a batch's net changes to one table: a single statement for all rows, whatever their number
 * and kinds, and one for each wide change after it. `target` is the qualified name of the table.
 * One writer at a time, or a row may be made twice.
 */
export const writeChanges = async (
  client: Queryable,
  target: string,
  table: Table,
  { rows, wide }: TableChanges,
): Promise<void> => {
  if (rows.length > 0) await writeRows(client, target, table, rows);
  for (const change of wide) await writeWide(client, target, table, change);
};
