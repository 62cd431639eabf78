import {
  assertDurableServer,
  createPool,
  type Database,
  migrate,
  startEmbeddedPostgres,
} from '@studio/infra';

import type { Context } from './context.ts';

export interface StudioDatabase {
  readonly url: string;
  /** Where the embedded server's files are; null when the database is someone else's. */
  readonly home: string | null;
  readonly pool: Database;
  /** For what can be read from the log again: its commits do not wait for the disk. */
  readonly rebuildable: Database;
}

/** The Postgres that was configured, or our own, checked and migrated. */
export const openDatabase = async (context: Context): Promise<StudioDatabase> => {
  const { config, say, releases, trouble } = context;
  const onIdleError = trouble('database');
  let url = config.databaseUrl;
  let home: string | null = null;
  if (url === undefined) {
    say('Starting the embedded Postgres …');
    const embedded = await startEmbeddedPostgres({
      ...{ dataDir: config.dataDir, log: say, sharedFolder: config.embeddedHome },
    });
    releases.add('postgres', embedded.stop);
    ({ url, home } = embedded);
  }
  const pool = createPool({ url, onIdleError, applicationName: 'studio', maxConnections: 16 });
  releases.add('pool', () => pool.end());
  const rebuildable = createPool({
    ...{ url, onIdleError, applicationName: 'studio-index', maxConnections: 4 },
    plannerOptions: '-c synchronous_commit=off',
  });
  releases.add('pool', () => rebuildable.end());
  await assertDurableServer(pool);
  await migrate(pool);
  return { url, home, pool, rebuildable };
};
