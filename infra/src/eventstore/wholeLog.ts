import type { EventBatch, EventStore, StoredEvent } from '@studio/contracts';

const pageSize = 1_000;

/** The pages behind a position, up to the end that the log has when it is asked. */
export async function* logPagesBehind(store: EventStore, from: bigint): AsyncGenerator<EventBatch> {
  const until = await store.lastPosition();
  for (let after = from; after < until;) {
    const page = await store.readAll({ after, limit: pageSize });
    yield page;
    if (page.upTo === after) return;
    after = page.upTo;
  }
}

/** Every event that the log has when it is asked, in its order. */
export async function* wholeLog(store: EventStore): AsyncGenerator<StoredEvent> {
  for await (const { events } of logPagesBehind(store, 0n)) yield* events;
}
