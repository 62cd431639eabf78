import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { StudioError } from '@studio/contracts';
import type { Pool, PoolClient } from 'pg';

import { keepingData } from './keptData.ts';

const ownFolder = join(import.meta.dirname, 'migrations');
/** Any number that no other use of advisory locks in this database takes. */
const migrationLock = '7823094500';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const load = async (folder: string, direction: 'up' | 'down'): Promise<Migration[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith(`.${direction}.sql`)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      const name = file.slice(0, -`.${direction}.sql`.length);
      return { number: Number.parseInt(name, 10), name, sql, sha256: hash('sha256', sql) };
    }),
  );
};

const applied = async (client: PoolClient): Promise<Map<number, string>> => {
  await client.query(`create schema if not exists state;
    create table if not exists state.migrations (
      number int primary key, name text not null, sha256 text not null,
      applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ number: number; sha256: string }>(
    'select number, sha256 from state.migrations',
  );
  return new Map(rows.map((row) => [row.number, row.sha256]));
};

const inTransaction = async (client: PoolClient, work: () => Promise<void>): Promise<void> => {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one to tell
    throw error;
  }
};

/** Two processes that start together migrate one after the other: the lock is the session's. */
const alone = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(${migrationLock})`);
    return await work(client);
  } finally {
    await client.query(`select pg_advisory_unlock(${migrationLock})`).catch(() => undefined);
    client.release();
  }
};

const unsuitable = (message: string): StudioError =>
  new StudioError('refused', 'database.unsuitable', message);

const refuseForeign = (known: readonly Migration[], done: Map<number, string>): void => {
  const newest = known.at(-1)?.number ?? 0;
  const beyond = [...done.keys()].find((number) => number > newest);
  if (beyond !== undefined)
    throw unsuitable(
      `the database was migrated to ${beyond} by a newer version; this one knows ${newest}`,
    );
  const changed = known.find(
    ({ number, sha256 }) => done.has(number) && done.get(number) !== sha256,
  );
  if (changed) throw unsuitable(`migration ${changed.name} was changed after it had been applied`);
};

/** Applies every numbered `*.up.sql` that this database has not seen, each in its own transaction. Answers their names. */
export const migrate = async (pool: Pool, folder = ownFolder): Promise<string[]> => {
  const known = await load(folder, 'up');
  return alone(pool, async (client) => {
    const done = await applied(client);
    refuseForeign(known, done);
    const missing = known.filter(({ number }) => !done.has(number));
    for (const { number, name, sql, sha256 } of missing)
      await inTransaction(client, async () => {
        await client.query(sql);
        await client.query(
          'insert into state.migrations (number, name, sha256) values ($1, $2, $3)',
          [number, name, sha256],
        );
      });
    return missing.map(({ name }) => name);
  });
};

/**
 * Undoes what was applied above `downTo`, newest first, each in its own transaction. Rebuildable data goes with it;
 * throws `database.unsuitable`, and undoes nothing more, before data of `log` or `state` would be lost.
 */
export const rollback = async (
  pool: Pool,
  downTo: number,
  folder = ownFolder,
): Promise<string[]> => {
  const known = await load(folder, 'down');
  return alone(pool, async (client) => {
    const done = await applied(client);
    const undone = known.filter(({ number }) => number > downTo && done.has(number)).reverse();
    for (const { number, name, sql } of undone)
      await inTransaction(client, async () => {
        await keepingData(client, name, () => client.query(sql));
        await client.query('delete from state.migrations where number = $1', [number]);
      });
    return undone.map(({ name }) => name);
  });
};

/** A migration of this version, or one that a newer version has applied. */
export interface MigrationStatus {
  readonly number: number;
  readonly name: string;
  /** Null while it is not applied. */
  readonly appliedAt: Date | null;
}

/** Every migration that this version knows or this database has seen, in their order. Changes nothing. */
export const migrationHistory = async (
  pool: Pool,
  folder = ownFolder,
): Promise<MigrationStatus[]> => {
  const { rows: tables } = await pool.query<{ found: boolean }>(
    `select to_regclass('state.migrations') is not null as found`,
  );
  const { rows: done } = tables[0]?.found
    ? await pool.query<MigrationStatus>(
        'select number, name, applied_at as "appliedAt" from state.migrations',
      )
    : { rows: [] };
  const seen = new Set(done.map(({ number }) => number));
  const missing = (await load(folder, 'up')).filter(({ number }) => !seen.has(number));
  return [...done, ...missing.map(({ number, name }) => ({ number, name, appliedAt: null }))].sort(
    (one, other) => one.number - other.number,
  );
};
