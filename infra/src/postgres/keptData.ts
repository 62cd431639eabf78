import { StudioError } from '@studio/contracts';
import type { PoolClient } from 'pg';

/** What every migrated database has and nobody would miss. */
const noData = ['log.store', 'state.followed_log', 'state.migrations'];

/** Tables with rows in the schemas whose content cannot be made again: `log` and `state`. */
export const tablesWithData = async (client: PoolClient): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('log', 'state') order by 1`,
  );
  const filled: string[] = [];
  for (const { name } of rows.filter((row) => !noData.includes(row.name))) {
    const { rowCount } = await client.query(`select from ${name} limit 1`);
    if (rowCount === 1) filled.push(name);
  }
  return filled;
};

/** Does the work, and throws if a table that held data is gone or empty after it; the caller then rolls back. */
export const keepingData = async (
  client: PoolClient,
  what: string,
  work: () => Promise<unknown>,
): Promise<void> => {
  const before = await tablesWithData(client);
  await work();
  const after = await tablesWithData(client);
  const lost = before.filter((name) => !after.includes(name));
  if (lost.length > 0)
    throw new StudioError(
      'refused',
      'database.unsuitable',
      `undoing ${what} would drop data that cannot be made again: ${lost.join(', ')}`,
    );
};
