import {
  type EventLog,
  type EventStore,
  type FileStorage,
  type KeyRing,
  StudioError,
} from '@studio/contracts';
import {
  createEventLog,
  createEventStoreDbStore,
  createLocalFileStorage,
  createPostgresEventStore,
  createPostgresKeyRing,
  followLog,
  loadMasterKey,
  type MasterKey,
  measuredStore,
  observePools,
  type Subscriber,
  watchedStore,
} from '@studio/infra';

import type { Context } from './context.ts';
import { openDatabase, type StudioDatabase } from './database.ts';
import { startHeadSigning } from './headSigning.ts';

/** Everything that is kept. */
export interface Storage {
  readonly database: StudioDatabase;
  readonly masterKey: MasterKey;
  readonly keys: KeyRing;
  readonly files: FileStorage;
  readonly log: EventLog;
  /** Who is subscribed to the log in this process. */
  readonly subscribers: () => readonly Subscriber[];
}

/** What ends the start says which variable it is about. */
const namingTheVariable = (error: unknown): never => {
  if (!(error instanceof StudioError) || error.code !== 'log.unavailable') throw error;
  const { kind, code, message, cause } = error;
  throw new StudioError(kind, code, `EVENTSTOREDB_URL: ${message}`, { cause });
};

/** The log, wherever it is, and a database that has followed no other. */
const openLog = async (
  { config, trouble }: Context,
  { url, pool }: StudioDatabase,
  archive: FileStorage,
): Promise<EventStore> => {
  const onTrouble = trouble('event store');
  const store = config.eventStoreDb
    ? await createEventStoreDbStore({ ...config.eventStoreDb, onTrouble }).catch(namingTheVariable)
    : await createPostgresEventStore({ url, archive, onTrouble });
  try {
    await followLog(pool, store.storeId);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
};

export const openStorage = async (context: Context): Promise<Storage> => {
  const { config, folder, releases, metrics, decorations } = context;
  const database = await openDatabase(context);
  const masterKey = await loadMasterKey({ secretKey: config.secretKey, dataDir: folder.path });
  const keys = createPostgresKeyRing({ pool: database.pool, masterKey });
  await keys.verify();
  const files = createLocalFileStorage(folder.files);
  const store = await openLog(context, database, files);
  releases.add('event store', () => store.close());
  await startHeadSigning(context, store, masterKey);
  const { store: watched, subscribers } = watchedStore(store);
  const measured = measuredStore(watched, metrics.meter);
  const log = createEventLog({ store: decorations.store?.(measured) ?? measured, keys, files });
  observePools(metrics.meter, { state: database.pool, read: database.rebuildable });
  return { database, masterKey, keys, files, log, subscribers };
};
