import type { ExecutionEvent } from '@studio/contracts';

type Received = Extract<ExecutionEvent, { type: 'SignalReceived' }>['data'];

/** What someone told the run. Of one that was taken, only that it was there. */
export interface Signal {
  /** The revision at which it came. */
  readonly at: number;
  readonly kept: Omit<Received, 'signalId' | 'sentBy'> | null;
}

/** Signals by id, in the order in which they came. */
export type Signals = ReadonlyMap<string, Signal>;
