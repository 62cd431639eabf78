import type { EventLog, FileStorage, KeyRing } from '@studio/contracts';
import {
  createEventLog,
  createLocalFileStorage,
  createPostgresEventStore,
  createPostgresKeyRing,
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

export const openStorage = async (context: Context): Promise<Storage> => {
  const { config, folder, releases, metrics, decorations, trouble } = context;
  const database = await openDatabase(context);
  const masterKey = await loadMasterKey({ secretKey: config.secretKey, dataDir: folder.path });
  const keys = createPostgresKeyRing({ pool: database.pool, masterKey });
  await keys.verify();
  const files = createLocalFileStorage(folder.files);
  const store = await createPostgresEventStore({
    ...{ url: database.url, onTrouble: trouble('event store') },
  });
  releases.add('event store', () => store.close());
  await startHeadSigning(context, store, masterKey);
  const { store: watched, subscribers } = watchedStore(store);
  const measured = measuredStore(watched, metrics.meter);
  const log = createEventLog({ store: decorations.store?.(measured) ?? measured, keys, files });
  observePools(metrics.meter, { state: database.pool, read: database.rebuildable });
  return { database, masterKey, keys, files, log, subscribers };
};
