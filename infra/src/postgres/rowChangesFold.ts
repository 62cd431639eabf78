import type { RowChange, Table } from './rowChanges.ts';

type Values = Record<string, unknown>;

/** What a batch of changes comes to for one row. Beside what is named here, `set` may name the key's columns. */
export interface NetChange {
  /** Holds the columns of the key, perhaps among others. */
  readonly key: Readonly<Values>;
  /** What the row gets beside `set` and `add` when it is absent; null: it stays absent. */
  made: Values | null;
  /** Columns to set. */
  set: Values;
  /** Counts to add; an absent row starts from zero. */
  add: Record<string, number>;
  /** `deleted`: the row goes. `replaced`: whatever stood there goes, the made row takes its place. */
  fate: 'kept' | 'deleted' | 'replaced';
}

type Change<Kind extends RowChange['kind']> = Extract<RowChange, { kind: Kind }>;

const setColumn = ({ set, add }: NetChange, column: string, value: unknown): void => {
  set[column] = value;
  if (column in add) Reflect.deleteProperty(add, column);
};

/** For the made row alone. What the batch did to the row before holds for it too. */
const keepColumn = (
  { set, add }: NetChange,
  made: Values,
  column: string,
  value: unknown,
): void => {
  if (!(column in set) && !(column in add)) made[column] = value;
};

const applyInsert = (net: NetChange, { row, keep }: Change<'insert'>): void => {
  if (net.fate === 'deleted') net.fate = 'replaced';
  const isFirst = net.made === null;
  const made = (net.made ??= {});
  for (const column in row)
    if (!keep.includes(column)) setColumn(net, column, row[column]);
    else if (isFirst) keepColumn(net, made, column, row[column]);
};

const applyPatch = (net: NetChange, { row }: Change<'patch'>): void => {
  if (net.fate === 'deleted') return;
  for (const column in row) setColumn(net, column, row[column]);
};

/** A counter's row comes to be by the first count. */
const beginCounting = (net: NetChange): void => {
  if (net.fate === 'deleted') net.fate = 'replaced';
  net.made ??= {};
};

const increase = ({ set, add }: NetChange, column: string, count: number): void => {
  if (column in set) set[column] = Number(set[column] ?? 0) + count;
  else add[column] = (add[column] ?? 0) + count;
};

const applyAdd = (net: NetChange, { counts, table }: Change<'add'>): void => {
  if (table.counter) beginCounting(net);
  if (net.fate === 'deleted') return;
  for (const column in counts) increase(net, column, counts[column] ?? 0);
};

const applyRemove = (net: NetChange): void => {
  Object.assign(net, { made: null, set: {}, add: {}, fate: 'deleted' });
};

/** A change of every row whose key begins with `key`. */
export interface WideChange {
  readonly key: Readonly<Record<string, unknown>>;
  readonly set: Readonly<Record<string, unknown>>;
}

export interface TableChanges {
  readonly rows: readonly NetChange[];
  /** To be written after the rows. */
  readonly wide: readonly WideChange[];
}

type SingleChange = Exclude<RowChange, { kind: 'patch_all' }>;

const applyTo = (net: NetChange, change: SingleChange): void => {
  switch (change.kind) {
    case 'insert': {
      applyInsert(net, change);
      return;
    }
    case 'patch': {
      applyPatch(net, change);
      return;
    }
    case 'add': {
      applyAdd(net, change);
      return;
    }
    case 'remove': {
      applyRemove(net);
      return;
    }
  }
};

interface Folding {
  readonly rows: Map<string, NetChange>;
  readonly wide: WideChange[];
}

const foldOne = ({ rows, wide }: Folding, change: RowChange): void => {
  if (change.kind === 'patch_all') {
    wide.push({ key: change.within, set: change.row });
    return;
  }
  let net = rows.get(change.id);
  if (!net) {
    net = { key: change.row, made: null, set: {}, add: {}, fate: 'kept' };
    rows.set(change.id, net);
  }
  applyTo(net, change);
};

/** The net change of each row, by table, whatever the number of events that touched it. */
export const foldChanges = (changes: readonly RowChange[]): ReadonlyMap<Table, TableChanges> => {
  const tables = new Map<Table, Folding>();
  for (const change of changes) {
    let folding = tables.get(change.table);
    if (!folding) {
      folding = { rows: new Map(), wide: [] };
      tables.set(change.table, folding);
    }
    foldOne(folding, change);
  }
  return new Map(
    [...tables].map(([table, { rows, wide }]) => [table, { rows: [...rows.values()], wide }]),
  );
};
