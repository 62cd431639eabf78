import { StudioError } from '@studio/contracts';
import type { Pool } from 'pg';

const oldestVersion = 150_000;

interface ServerSettings {
  readonly version: number;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  readonly server_encoding: string;
}

const mistakes = (settings: ServerSettings): string[] => {
  const off = (['fsync', 'full_page_writes', 'synchronous_commit'] as const).filter(
    (name) => settings[name] === 'off',
  );
  return [
    ...(settings.version < oldestVersion ? ['is older than PostgreSQL 15'] : []),
    ...(settings.server_encoding === 'UTF8'
      ? []
      : [`is encoded in ${settings.server_encoding}, not UTF8`]),
    ...(off.length > 0 ? [`has ${off.join(', ')} off, so acknowledged events could be lost`] : []),
  ];
};

/** Refuses a server that could lose or change what was acknowledged: `database.unsuitable`, in one line. */
export const assertDurableServer = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<ServerSettings>(`select
    current_setting('server_version_num')::int as version,
    current_setting('fsync') as fsync,
    current_setting('full_page_writes') as full_page_writes,
    current_setting('synchronous_commit') as synchronous_commit,
    current_setting('server_encoding') as server_encoding`);
  const found = rows[0] ? mistakes(rows[0]) : [];
  if (found.length > 0)
    throw new StudioError('refused', 'database.unsuitable', `the database ${found.join('; and ')}`);
};
