import { StudioError } from '@studio/contracts';
import type { Pool } from 'pg';

/** Null for a database that has followed none yet, or of a version that did not note it. */
const followedLog = async (database: Pool): Promise<string | null> => {
  const table = await database.query(
    `select 1 where to_regclass('state.followed_log') is not null`,
  );
  if (table.rowCount === 0) return null;
  const { rows } = await database.query<{ store_id: string }>(
    'select store_id from state.followed_log',
  );
  return rows[0]?.store_id ?? null;
};

/** Refuses a database that was made from another log than this one. Errors: `database.unsuitable`. */
export const assertFollows = async (database: Pool, storeId: string): Promise<void> => {
  const followed = await followedLog(database);
  if (followed === null || followed === storeId) return;
  throw new StudioError(
    'refused',
    'database.unsuitable',
    'This database belongs to another log than the one that is configured (EVENTSTOREDB_URL and EVENTSTOREDB_PREFIX; without them, its own): give that log a database that is empty, or the one that it had.',
  );
};

/**
 * Ties this database to a log for good: its rows, checkpoints and keys belong to the events of that one. A database that
 * holds events itself has followed those. Errors: `database.unsuitable`.
 */
export const followLog = async (database: Pool, storeId: string): Promise<void> => {
  await database.query(
    `insert into state.followed_log (store_id)
       select coalesce((select store_id from log.store where exists (select from log.events)), $1::uuid)
       on conflict do nothing`,
    [storeId],
  );
  await assertFollows(database, storeId);
};
