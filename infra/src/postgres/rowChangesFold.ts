import type { RowChange, Table } from './rowChanges.ts';

/** What a batch of changes comes to for one row. */
export interface NetChange {
  readonly key: Readonly<Record<string, unknown>>;
  /** The row as it must be made when it is absent; null: it stays absent. */
  absent: Record<string, unknown> | null;
  /** Columns to set on a row that stands already. */
  set: Record<string, unknown>;
  /** Counts to add to a row that stands already. */
  add: Record<string, number>;
  /** `deleted`: the row goes. `replaced`: whatever stood there goes, `absent` takes its place. */
  fate: 'kept' | 'deleted' | 'replaced';
}

type Change<Kind extends RowChange['kind']> = Extract<RowChange, { kind: Kind }>;

const assign = (net: NetChange, values: Readonly<Record<string, unknown>>): void => {
  for (const [column, value] of Object.entries(values)) {
    net.set[column] = value;
    Reflect.deleteProperty(net.add, column);
  }
};

const applyInsert = (net: NetChange, { row, keep }: Change<'insert'>): void => {
  if (net.fate === 'deleted') net.fate = 'replaced';
  const overwritten = Object.fromEntries(
    Object.entries(row).filter(([column]) => !keep.includes(column)),
  );
  // What the batch did to the row before holds for the made row too: one set of values serves both.
  net.absent = { ...(net.absent ?? { ...row, ...net.set, ...net.add }), ...overwritten };
  assign(net, overwritten);
};

const applyPatch = (net: NetChange, { row }: Change<'patch'>): void => {
  if (net.fate === 'deleted') return;
  if (net.absent) Object.assign(net.absent, row);
  assign(net, row);
};

type Values = Record<string, unknown>;

const increase = (values: Values, column: string, count: number): void => {
  values[column] = Number(values[column] ?? 0) + count;
};

/** A counter's row comes to be by the first count. */
const beginCounting = (net: NetChange, key: Values): void => {
  if (net.fate === 'deleted') net.fate = 'replaced';
  net.absent ??= { ...key };
};

const applyAdd = (net: NetChange, { counts, table, key }: Change<'add'>): void => {
  if (net.fate === 'deleted' && !table.counter) return;
  if (table.counter) beginCounting(net, key);
  for (const [column, count] of Object.entries(counts)) {
    if (net.absent) increase(net.absent, column, count);
    increase(column in net.set ? net.set : net.add, column, count);
  }
};

const applyRemove = (net: NetChange): void => {
  Object.assign(net, { absent: null, set: {}, add: {}, fate: 'deleted' });
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

const freshNet = ({ key }: SingleChange): NetChange => ({
  key,
  absent: null,
  set: {},
  add: {},
  fate: 'kept',
});

const foldOne = ({ rows, wide }: Folding, change: RowChange): void => {
  if (change.kind === 'patch_all') {
    wide.push({ key: change.key, set: change.row });
    return;
  }
  const id = Object.values(change.key).join('\n');
  const net = rows.get(id) ?? freshNet(change);
  rows.set(id, net);
  applyTo(net, change);
};

/** The net change of each row, by table, whatever the number of events that touched it. */
export const foldChanges = (changes: readonly RowChange[]): ReadonlyMap<Table, TableChanges> => {
  const tables = new Map<Table, Folding>();
  for (const change of changes) {
    const folding = tables.get(change.table) ?? { rows: new Map(), wide: [] };
    tables.set(change.table, folding);
    foldOne(folding, change);
  }
  return new Map(
    [...tables].map(([table, { rows, wide }]) => [table, { rows: [...rows.values()], wide }]),
  );
};
