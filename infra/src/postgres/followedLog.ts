import { StudioError } from '@studio/contracts';
import type { Pool } from 'pg';

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
  const { rows } = await database.query<{ store_id: string }>(
    'select store_id from state.followed_log',
  );
  if (rows[0]?.store_id === storeId) return;
  throw new StudioError(
    'refused',
    'database.unsuitable',
    'This database belongs to another log than the one that is configured (EVENTSTOREDB_URL and EVENTSTOREDB_PREFIX; without them, its own): give that log a database that is empty, or the one that it had.',
  );
};
