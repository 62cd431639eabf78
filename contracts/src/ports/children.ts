import type { ExecutionId } from '../ids.ts';

/** A run that was started as another's child. */
export interface BegunChild {
  readonly childId: ExecutionId;
  readonly parentId: ExecutionId;
  /** True once the parent has on record that it waits for it. */
  readonly awaited: boolean;
  readonly ended: boolean;
  /** True when the parent has ended; null: the rows of open runs say. */
  readonly orphaned: boolean | null;
}

/** Row changes of the children. Ids of runs that are nobody's child, and of nobody's parent, change nothing. */
export interface ChildChanges {
  readonly begun: readonly BegunChild[];
  readonly awaited: readonly ExecutionId[];
  readonly ended: readonly ExecutionId[];
  /** Children that ended and go on, by a person's retry. */
  readonly reopened: readonly ExecutionId[];
  /** Runs whose children nobody waits for any more. */
  readonly parentsEnded: readonly ExecutionId[];
  /** Children that nobody waits for any more though their parents go on. */
  readonly unawaited: readonly ExecutionId[];
  /** Children whose end is on record with their parent. */
  readonly gone: readonly ExecutionId[];
}

/** What is to be done about a child: its end is news for its parent, or it is to be cancelled. */
export interface ChildOrder {
  readonly childId: ExecutionId;
  readonly parentId: ExecutionId;
  readonly order: 'take_up' | 'cancel';
}

export interface ChildOrders {
  readonly orders: readonly ChildOrder[];
  /** True while there are children at all. */
  readonly some: boolean;
}

export interface Children {
  /** Orders for parents and children of these shards; each stays until the index has its fact. */
  childOrders(shards: readonly number[], limit: number): Promise<ChildOrders>;
}
