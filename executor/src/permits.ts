import type { GrantedPermits, PermitTable, Superseded, Timekeeper } from '@studio/contracts';

import { createHandedOut } from './handedOut.ts';
import { startLookout } from './lookout.ts';

export interface PermitsOptions {
  readonly permits: PermitTable;
  readonly time: Timekeeper;
  /** None until the index is level with the log: before, it does not know of all that is held. */
  readonly shards: () => readonly number[];
  readonly onGranted: (granted: GrantedPermits) => void;
  readonly onSuperseded: (superseded: Superseded) => void;
  readonly onError: (error: unknown) => void;
}

/** Has what the limits allow granted, whoever the runs belong to, and hands out those of its own shards. */
export interface PermitLookout {
  /** Runs asked for permits, or the first ones can be granted. */
  asked(): void;
  /** Runs ended, which may have held some. */
  freed(): void;
  stop(): Promise<void>;
}

const batchSize = 500;

export const startPermits = (options: PermitsOptions): PermitLookout => {
  const { permits, time, onError } = options;
  const handedOut = createHandedOut(time);
  let someWait = true;
  const isNew = ({ executionId, requestedAt }: GrantedPermits): boolean =>
    handedOut.take(`${executionId} ${requestedAt}`);
  const look = async (): Promise<number | null> => {
    const owned = options.shards();
    if (owned.length === 0) return null;
    const found = await permits.grant(owned, batchSize);
    ({ someWait } = found);
    for (const granted of found.granted) if (isNew(granted)) options.onGranted(granted);
    for (const superseded of found.superseded)
      if (isNew(superseded)) options.onSuperseded(superseded);
    return found.nextInMs;
  };
  const lookout = startLookout(look, { time, onError });
  return {
    asked: () => {
      lookout.nudge();
    },
    freed: () => {
      if (someWait) lookout.nudge();
    },
    stop: () => lookout.stop(),
  };
};
