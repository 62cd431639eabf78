import { randomBytes } from 'node:crypto';

import type { EventToAppend, StreamName } from '@studio/contracts';
import { Client } from 'pg';

/** What Postgres does without us: a connection for each writer, one row and one commit at a time. */
export interface RawLoop {
  insert(writer: number, stream: StreamName, revision: number, event: EventToAppend): Promise<void>;
  close(): Promise<void>;
}

/** The same, and a whole stream in one statement. */
export interface RawRows extends RawLoop {
  insertMany(writer: number, stream: StreamName, events: readonly EventToAppend[]): Promise<void>;
}

/** The same columns and indexes as the log, its ids from a sequence. */
const table = `create schema if not exists bench;
  create table if not exists bench.raw_events (like log.events including all);
  create sequence if not exists bench.raw_positions owned by bench.raw_events.position;
  alter table bench.raw_events alter column position set default nextval('bench.raw_positions')`;

const insertRow = `insert into bench.raw_events (stream, revision, event_id, type, data, metadata, hash)
  values ($1, $2, $3, $4, $5, $6, $7)`;

const insertRows = `insert into bench.raw_events (stream, revision, event_id, type, data, metadata, hash)
  select $1, n - 1, id, type, data, metadata, $6
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality as row (id, type, data, metadata, n)`;

const hash = randomBytes(32);

export const openRawLoop = async (url: string, writers: number): Promise<RawRows> => {
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client;
  };
  const first = await connect();
  await first.query(table);
  const others = await Promise.all(Array.from({ length: writers - 1 }, connect));
  const clients = [first, ...others];
  return {
    insert: async (writer, stream, revision, event) => {
      const { eventId, type, data, metadata } = event;
      const values = [stream, revision, eventId, type, data, metadata, hash];
      await clients[writer % clients.length]?.query({ name: 'raw', text: insertRow, values });
    },
    insertMany: async (writer, stream, events) => {
      const columns = (['eventId', 'type', 'data', 'metadata'] as const).map((column) =>
        events.map((event) => event[column]),
      );
      const values = [stream, ...columns, hash];
      await clients[writer % clients.length]?.query({ name: 'raw_many', text: insertRows, values });
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
};
