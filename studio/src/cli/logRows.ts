import type { EventStore, StoredEvent } from '@studio/contracts';

const pageSize = 500;

export interface LogRange {
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive. */
  readonly until: bigint;
}

/** The log between two positions, page by page, as it lies there: nothing opened. */
export async function* logRows(store: EventStore, range: LogRange): AsyncGenerator<StoredEvent> {
  for (let { after } = range; after < range.until;) {
    const page = await store.readAll({ after, limit: pageSize });
    yield* page.events.filter(({ position }) => position <= range.until);
    if (page.upTo === after) return;
    after = page.upTo;
  }
}
