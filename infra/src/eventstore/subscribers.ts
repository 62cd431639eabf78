import type { EventBatch, EventStore, SubscriptionRange } from '@studio/contracts';

/** A subscriber of this process and how far it is. */
export interface Subscriber {
  readonly name: string;
  /** Everything up to here is handled. */
  readonly position: bigint;
}

/** The same store, and who is subscribed to it by a name. */
export const watchedStore = (
  store: EventStore,
): { readonly store: EventStore; readonly subscribers: () => readonly Subscriber[] } => {
  const known = new Set<{ name: string; position: bigint }>();

  async function* watched(name: string, range: SubscriptionRange): AsyncGenerator<EventBatch> {
    const subscriber = { name, position: range.after };
    known.add(subscriber);
    try {
      for await (const batch of store.subscribe(range)) {
        yield batch;
        subscriber.position = batch.upTo; // asked for the next one: this one is handled
      }
    } finally {
      known.delete(subscriber);
    }
  }

  return {
    subscribers: () => [...known].map((subscriber) => ({ ...subscriber })),
    store: {
      ...store,
      subscribe: (range) =>
        range.subscriber === undefined ? store.subscribe(range) : watched(range.subscriber, range),
    },
  };
};
