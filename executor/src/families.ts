import type {
  ChildChanges,
  ChildOrder,
  Children,
  EventLog,
  ExecutionCommand,
  ExecutionId,
  Timekeeper,
} from '@studio/contracts';

import { childEndOf } from './childEnd.ts';
import { createHandedOut } from './handedOut.ts';
import { startLookout } from './lookout.ts';

export interface FamiliesOptions {
  readonly index: Children;
  readonly log: EventLog;
  readonly time: Timekeeper;
  readonly shards: () => readonly number[];
  /** The database's time as an Instant. */
  readonly now: () => string;
  readonly give: (executionId: ExecutionId, order: ExecutionCommand) => void;
  readonly onError: (error: unknown) => void;
}

/** Tells parents how their children ended, and has children cancelled whose parent is over. */
export interface Families {
  /** The index has written these changes. */
  moved(changes: ChildChanges): void;
  stop(): Promise<void>;
}

const batchSize = 500;

/**
 * What is to be told stands in rows made of the runs' own facts, and is told again until that is on record,
 * so that neither a crash nor a change of owners leaves a parent waiting, or a child alone.
 */
export const startFamilies = (options: FamiliesOptions): Families => {
  const { index, log, time, shards, now, give, onError } = options;
  const handedOut = createHandedOut(time);
  let some = true;

  const takeUp = async (childId: ExecutionId, parentId: ExecutionId): Promise<boolean> => {
    const end = await childEndOf(log, childId);
    if (!end) return false;
    give(parentId, { type: 'EndChild', data: { childExecutionId: childId, end, now: now() } });
    return true;
  };

  const handOut = async ({ childId, parentId, order }: ChildOrder): Promise<void> => {
    const key = `${childId} ${order}`;
    if (!handedOut.take(key)) return;
    if (order === 'cancel') give(childId, { type: 'CancelOrphan', data: {} });
    else if (!(await takeUp(childId, parentId))) handedOut.giveBack(key);
  };

  const look = async (): Promise<null> => {
    const owned = shards();
    if (owned.length === 0) return null;
    const found = await index.childOrders(owned, batchSize);
    ({ some } = found);
    for (const order of found.orders)
      await handOut(order).catch((error: unknown) => {
        onError(error);
      });
    return null;
  };

  const lookout = startLookout(look, { time, onError });
  return {
    moved: ({ begun, awaited, ended, parentsEnded, unawaited }) => {
      const may = some && ended.length + parentsEnded.length + unawaited.length > 0;
      if (may || begun.length + awaited.length > 0) lookout.nudge();
    },
    stop: () => lookout.stop(),
  };
};
