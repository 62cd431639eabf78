import type { Pool, PoolClient } from 'pg';

import { createCheckpoint } from './checkpoints.ts';
import type { ColumnType, Table } from './rowChanges.ts';

/** A projection's tables of one version, or of one rebuilding of it. */
export interface Generation {
  readonly projection: string;
  readonly version: number;
  /** `v<version>`, with `b<n>` behind it for the nth rebuilding. */
  readonly name: string;
}

const columnSql: Readonly<Record<ColumnType, string>> = {
  id: 'text collate "C"',
  text: 'text',
  int: 'int4',
  boolean: 'bool',
  instant: 'timestamptz',
  json: 'jsonb',
  count: 'int8 not null default 0',
  position: 'int8',
};

/** The qualified name of a table's rows in one generation. */
export const placeIn =
  (generation: Generation) =>
  (table: Table): string =>
    `read."${table.name}_${generation.name}"`;

const createTable = (generation: Generation, table: Table): string => {
  const place = placeIn(generation)(table);
  const columns = Object.entries(table.columns).map(
    ([name, type]) => `"${name}" ${columnSql[type]}`,
  );
  const key = table.key.map((column) => `"${column}"`).join(', ');
  const indexes = (table.indexes ?? []).map(
    (columns, at) =>
      `create index if not exists "${table.name}_${generation.name}_${at}" on ${place} (${columns})`,
  );
  // Free room in each page keeps a row's new versions beside it, so that updates touch no index.
  return [
    `create table if not exists ${place} (${columns.join(', ')}, primary key (${key})) with (fillfactor = 75)`,
    ...indexes,
  ].join('; ');
};

const inTransaction = async <T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  try {
    // A query that holds a view makes us wait; queries behind us must not wait for long.
    await client.query("begin; set local lock_timeout = '5s'");
    // Processes that start together make their tables one after the other.
    await client.query("select pg_advisory_xact_lock(hashtext('read models'))");
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    client.release();
  }
};

/** A table that no version before had is read at once: while it fills there is nothing else to show. */
const showFirst = async (
  client: PoolClient,
  generation: Generation,
  table: Table,
): Promise<void> => {
  const view = `read."${table.name}"`;
  const { rows } = await client.query<{ known: boolean }>(
    'select to_regclass($1) is not null as known',
    [view],
  );
  if (rows[0]?.known !== true)
    await client.query(`create view ${view} as select * from ${placeIn(generation)(table)}`);
};

/** Makes the tables of a generation and its checkpoint at 0, where they do not stand yet. */
export const createGeneration = async (
  pool: Pool,
  generation: Generation,
  tables: readonly Table[],
): Promise<void> =>
  inTransaction(pool, async (client) => {
    for (const table of tables) {
      await client.query(createTable(generation, table));
      await showFirst(client, generation, table);
    }
    await createCheckpoint(client, {
      name: generation.projection,
      generation: generation.name,
    });
  });

/** The generation that the views show; null before the first. */
export const activeGeneration = async (
  pool: Pool | PoolClient,
  projection: string,
): Promise<Generation | null> => {
  const { rows } = await pool.query<{ version: number; generation: string }>(
    'select version, generation from read.active where name = $1',
    [projection],
  );
  const [row] = rows;
  return row ? { projection, version: row.version, name: row.generation } : null;
};

/** The generations of a projection that have a checkpoint. */
export const knownGenerations = async (pool: Pool, projection: string): Promise<string[]> => {
  const { rows } = await pool.query<{ generation: string }>(
    'select generation from read.checkpoints where name = $1',
    [projection],
  );
  return rows.map(({ generation }) => generation);
};

/**
 * Lets the views show `next`, all at once; `from` is what they showed. False: another process has
 * switched meanwhile.
 */
export const switchGeneration = async (
  pool: Pool,
  from: Generation | null,
  next: Generation,
  tables: readonly Table[],
): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const current = await activeGeneration(client, next.projection);
    if (current?.name !== from?.name) return false;
    for (const table of tables)
      await client.query(
        `drop view if exists read."${table.name}";
         create view read."${table.name}" as select * from ${placeIn(next)(table)}`,
      );
    await client.query(
      `insert into read.active (name, version, generation) values ($1, $2, $3)
       on conflict (name) do update set version = excluded.version, generation = excluded.generation`,
      [next.projection, next.version, next.name],
    );
    return true;
  });

/** Drops the tables of a generation that nobody reads any more, with its checkpoint and parked events. */
export const dropGeneration = async (
  pool: Pool,
  generation: Generation,
  tables: readonly Table[],
): Promise<void> =>
  inTransaction(pool, async (client) => {
    for (const table of tables)
      await client.query(`drop table if exists ${placeIn(generation)(table)}`);
    for (const place of ['read.checkpoints', 'read.parked'])
      await client.query(`delete from ${place} where name = $1 and generation = $2`, [
        generation.projection,
        generation.name,
      ]);
  });
