import { EventStoreDBClient, jsonEvent, type JSONType } from '@eventstore/db-client';

import type { RawLoop } from './rawLoop.ts';

/** What EventStoreDB does without us: its client's own appends, one event each, with the revision that is expected. */
export const openBareClient = (url: string, prefix: string): RawLoop => {
  const client = EventStoreDBClient.connectionString(url);
  return {
    insert: async (_, stream, revision, { eventId: id, type, ...texts }) => {
      const [data, metadata] = [texts.data, texts.metadata].map(
        (text) => JSON.parse(text) as Record<string, JSONType>, // an event of ours is an object
      );
      const event = jsonEvent({ id, type, data: data ?? {}, metadata });
      const expectedRevision = revision === 0 ? 'no_stream' : BigInt(revision - 1);
      await client.appendToStream(`${prefix}${stream}`, event, { expectedRevision });
    },
    close: () => client.dispose(),
  };
};
