import type { EventStore } from '@studio/contracts';
import { createPostgresEventStore } from '@studio/infra';

/** So long that a store which is stopped and goes on again costs a writing process nothing. */
const patienceMs = 60_000;

/** Opens the log at an address, whatever adapter it needs, in a process that shares nothing with the test but that. */
export const openStore = (address: string): Promise<EventStore> =>
  createPostgresEventStore({ url: address, patienceMs });
