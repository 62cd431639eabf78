import {
  type BegunChild,
  type ChildChanges,
  type ChildOrder,
  type ChildOrders,
  type ExecutionId,
  shardOf,
} from '@studio/contracts';

type ChildRow = Omit<BegunChild, 'orphaned'> & { readonly orphaned: boolean };

/** The index's rows of children, in memory. */
export interface ChildRows {
  /** `open` are the runs that are open before the changes. */
  change(changes: ChildChanges, open: ReadonlySet<ExecutionId>): void;
  orders(shards: readonly number[], limit: number): ChildOrders;
  clear(): void;
}

const changed = (row: ChildRow, changes: ChildChanges): ChildRow => {
  const { childId, parentId } = row;
  const ended = row.ended || changes.ended.includes(childId);
  return {
    ...{ childId, parentId, ended: ended && !changes.reopened.includes(childId) },
    awaited: row.awaited || changes.awaited.includes(childId),
    orphaned:
      row.orphaned ||
      changes.parentsEnded.includes(parentId) ||
      changes.unawaited.includes(childId),
  };
};

const orderOf = ({ awaited, ended, orphaned }: ChildRow): ChildOrder['order'] | null => {
  if (orphaned) return ended ? null : 'cancel';
  return awaited && ended ? 'take_up' : null;
};

export const createChildRows = (): ChildRows => {
  const rows = new Map<ExecutionId, ChildRow>();
  return {
    change: (changes, open) => {
      for (const row of rows.values()) rows.set(row.childId, changed(row, changes));
      for (const childId of changes.gone) rows.delete(childId);
      for (const row of changes.begun)
        rows.set(row.childId, { ...row, orphaned: row.orphaned ?? !open.has(row.parentId) });
    },
    orders: (shards, limit) => {
      const orders = [...rows.values()].flatMap((row): ChildOrder[] => {
        const { childId, parentId } = row;
        const order = orderOf(row);
        const isOurs = shards.includes(shardOf(order === 'cancel' ? childId : parentId));
        return order && isOurs ? [{ childId, parentId, order }] : [];
      });
      return { orders: orders.slice(0, limit), some: rows.size > 0 };
    },
    clear: () => {
      rows.clear();
    },
  };
};
