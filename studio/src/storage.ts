import type { EventLog, FileStorage, KeyRing } from '@studio/contracts';
import {
  createEventLog,
  createLocalFileStorage,
  createPostgresEventStore,
  createPostgresKeyRing,
  loadMasterKey,
  type MasterKey,
} from '@studio/infra';

import type { Context } from './context.ts';
import { openDatabase, type StudioDatabase } from './database.ts';

/** Everything that is kept. */
export interface Storage {
  readonly database: StudioDatabase;
  readonly masterKey: MasterKey;
  readonly keys: KeyRing;
  readonly files: FileStorage;
  readonly log: EventLog;
}

export const openStorage = async (context: Context): Promise<Storage> => {
  const { config, folder, releases, decorations, trouble } = context;
  const database = await openDatabase(context);
  const masterKey = await loadMasterKey({ secretKey: config.secretKey, dataDir: folder.path });
  const keys = createPostgresKeyRing({ pool: database.pool, masterKey });
  await keys.verify();
  const files = createLocalFileStorage(folder.files);
  const store = await createPostgresEventStore({
    ...{ url: database.url, onTrouble: trouble('event store') },
  });
  releases.add('event store', () => store.close());
  const log = createEventLog({ store: decorations.store?.(store) ?? store, keys, files });
  return { database, masterKey, keys, files, log };
};
