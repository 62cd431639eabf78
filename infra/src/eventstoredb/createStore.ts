import type { EventStore } from '@studio/contracts';

import type { EventStoreDbOptions } from './eventStoreDb.ts';

/** Loads the server's client when it is needed: it costs a process a second of its start and 77 MB, which no studio without it shall pay. */
export const createEventStoreDbStore = async (options: EventStoreDbOptions): Promise<EventStore> =>
  (await import('./eventStoreDb.ts')).createEventStoreDbStore(options);
