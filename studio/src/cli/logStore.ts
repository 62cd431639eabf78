import { join, resolve } from 'node:path';

import { type EventStore, StudioError } from '@studio/contracts';
import {
  assertFollows,
  createEventStoreDbStore,
  createLocalFileStorage,
  createPostgresEventStore,
  type Database,
  readEnvironment,
} from '@studio/infra';

import { withDatabase } from './database.ts';
import { CommandError, exitCodes } from './exitCodes.ts';
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

const outOfReach = (error: unknown): never => {
  if (!(error instanceof StudioError) || error.code !== 'log.unavailable') throw error;
  throw new CommandError(exitCodes.unreachable, `EVENTSTOREDB_URL: ${error.message}`, error);
};

const openInEventStoreDb = (url: string, env: Shell['env']): Promise<EventStore> =>
  createEventStoreDbStore({ url, prefix: env['EVENTSTOREDB_PREFIX'] ?? '' }).catch(outOfReach);

/** Lends the studio's own log straight, without a studio: through the port, as the studio itself reads it. */
export const withLog = <T>(shell: Shell, work: (log: LogAccess) => Promise<T>): Promise<T> =>
  withDatabase(shell, async (pool, url) => {
    const env = readEnvironment(shell.env, shell.folder);
    const dataDir = resolve(shell.folder, env['DATA_DIR'] || './data'); // an empty value counts as none
    const server = env['EVENTSTOREDB_URL'] || undefined;
    const gapless = server === undefined;
    const archive = createLocalFileStorage(join(dataDir, 'files'));
    const store = gapless
      ? await createPostgresEventStore({ url, archive })
      : await openInEventStoreDb(server, env);
    try {
      await assertFollows(pool, store.storeId);
      return await work({ store, pool, dataDir, env, gapless });
    } finally {
      await store.close();
    }
  });
