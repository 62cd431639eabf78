import {
  createEventLog,
  createInMemoryFileStorage,
  createInMemoryKeyRing,
  createPostgresEventStore,
  type Database,
} from '@studio/infra';
import { startProjectors } from '@studio/projectors';

import { problemName } from '../context.ts';
import type { Shell } from './shell.ts';

/** Rebuilds beside a studio that may run: the checkpoints let one writer at a time into the tables. */
export const rebuildProjection = async (
  shell: Shell,
  { pool, url }: { readonly pool: Database; readonly url: string },
  name: string,
): Promise<void> => {
  const store = await createPostgresEventStore({ url });
  try {
    // Projectors read events sealed: neither a key nor a file is asked for.
    const sealed = { keys: createInMemoryKeyRing(), files: createInMemoryFileStorage() };
    const projectors = await startProjectors({
      ...{ pool, log: createEventLog({ store, ...sealed }) },
      onTrouble: (error) => shell.remark(`Trying again after ${problemName(error)}`),
    });
    await projectors.rebuild(name).finally(() => projectors.stop());
  } finally {
    await store.close();
  }
};
