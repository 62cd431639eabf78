import type { EventStore } from '@studio/contracts';

/** The store under test. Its log may hold other events, and others may be writing to it. */
export interface Subject {
  /** Opened anew for each case. */
  readonly store: () => EventStore;
  /** A store whose log holds nothing yet; the case closes it. */
  readonly createEmpty: () => Promise<EventStore>;
  /** Ends every connection that the store under test has, as a network does that breaks. */
  readonly breakConnections: () => Promise<void>;
  /** What `openStore.ts` needs to open the same log in another process. */
  readonly address: () => string;
  /** `it`, or `it.skip` with the reason in the title. */
  readonly promise: (title: string, body: () => Promise<void>) => void;
}
