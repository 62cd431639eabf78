import { join } from 'node:path';

import type { EventStore } from '@studio/contracts';
import { createPostgresEventStore, type Database, readEnvironment } from '@studio/infra';

import { withDatabase } from './database.ts';
import type { Shell } from './shell.ts';

/** The log, and what lies beside it. */
export interface LogAccess {
  readonly store: EventStore;
  /** True where positions count from 1 without gaps. */
  readonly gapless: boolean;
  readonly pool: Database;
  readonly dataDir: string;
  readonly env: Shell['env'];
}

/** Lends the studio's own log straight, without a studio: through the port, as the studio itself reads it. */
export const withLog = <T>(shell: Shell, work: (log: LogAccess) => Promise<T>): Promise<T> =>
  withDatabase(shell, async (pool, url) => {
    const env = readEnvironment(shell.env, process.cwd());
    const dataDir = join(env['DATA_DIR'] || './data'); // an empty value counts as none
    const store = await createPostgresEventStore({ url });
    try {
      return await work({ store, pool, dataDir, env, gapless: true });
    } finally {
      await store.close();
    }
  });
