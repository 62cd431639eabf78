import type { EventStore } from '@studio/contracts';

/** The store under test, made anew for each case. */
export interface Subject {
  readonly store: () => EventStore;
  /** `it`, or `it.skip` with the reason in the title. */
  readonly promise: (title: string, body: () => Promise<void>) => void;
}
