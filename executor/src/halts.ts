import type {
  ExecutionCommand,
  ExecutionId,
  HaltOrder,
  Halts,
  Timekeeper,
} from '@studio/contracts';

import { createHandedOut } from './handedOut.ts';
import { type Lookout, startLookout } from './lookout.ts';

export interface HaltsOptions {
  readonly index: Halts;
  readonly time: Timekeeper;
  readonly shards: () => readonly number[];
  readonly give: (executionId: ExecutionId, order: ExecutionCommand) => void;
  readonly onError: (error: unknown) => void;
}

const batchSize = 500;

const orderOf = ({ runs, reason }: HaltOrder): ExecutionCommand => {
  if (runs === 'release') return { type: 'ReleaseRun', data: {} };
  const why = reason === null ? 'Kill switch' : `Kill switch: ${reason}`;
  return { type: 'HaltRun', data: { runs, reason: why } };
};

/**
 * Has open runs do what kill switches ask: whatever runs and is not yet on record as halted is told so,
 * again and again, so that neither a crash nor a run that was just then started gets past it.
 */
export const startHalts = ({ index, time, shards, give, onError }: HaltsOptions): Lookout => {
  const handedOut = createHandedOut(time);
  const look = async (): Promise<null> => {
    const owned = shards();
    if (owned.length === 0) return null;
    const orders = await index.haltOrders(owned, batchSize);
    for (const order of orders) {
      const { executionId, runs } = order;
      if (handedOut.take(`${executionId} ${runs}`)) give(executionId, orderOf(order));
    }
    return null;
  };
  return startLookout(look, { time, onError });
};
