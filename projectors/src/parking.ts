import type { StreamName } from '@studio/contracts';
import type { Database, DatabaseClient, Generation } from '@studio/infra';

import type { ParkedEvent } from './project.ts';

const of = ({ projection, name }: Generation): [string, string] => [projection, name];

/** The parked streams of a generation, each with the first revision that waits. */
export const parkedStreams = async (
  pool: Database,
  generation: Generation,
): Promise<Map<StreamName, number>> => {
  const { rows } = await pool.query<{ stream: string; revision: string }>(
    `select stream, min(revision) as revision from read.parked
      where name = $1 and generation = $2 group by stream`,
    of(generation),
  );
  // Parked streams are streams of the log.
  return new Map(rows.map(({ stream, revision }) => [stream as StreamName, Number(revision)]));
};

export const park = async (
  client: DatabaseClient,
  generation: Generation,
  parked: readonly ParkedEvent[],
): Promise<void> => {
  await client.query(
    `insert into read.parked (name, generation, stream, revision, position, reason)
     select $1, $2, * from unnest($3::text[], $4::int8[], $5::int8[], $6::text[])
     on conflict do nothing`,
    [
      ...of(generation),
      parked.map(({ event }) => event.stream),
      parked.map(({ event }) => event.revision),
      parked.map(({ event }) => event.position.toString()),
      parked.map(({ reason }) => reason),
    ],
  );
};

export const unpark = async (
  client: DatabaseClient,
  generation: Generation,
  stream: StreamName,
): Promise<void> => {
  await client.query(
    'delete from read.parked where name = $1 and generation = $2 and stream = $3',
    [...of(generation), stream],
  );
};
