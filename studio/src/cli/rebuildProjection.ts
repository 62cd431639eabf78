import { createEventLog, createInMemoryFileStorage, createInMemoryKeyRing } from '@studio/infra';
import { startProjectors } from '@studio/projectors';

import { problemName } from '../context.ts';
import type { LogAccess } from './logStore.ts';
import type { Shell } from './shell.ts';

/** Rebuilds beside a studio that may run: the checkpoints let one writer at a time into the tables. */
export const rebuildProjection = async (
  shell: Shell,
  { pool, store }: LogAccess,
  name: string,
): Promise<void> => {
  // Projectors read events sealed: neither a key nor a file is asked for.
  const sealed = { keys: createInMemoryKeyRing(), files: createInMemoryFileStorage() };
  const projectors = await startProjectors({
    ...{ pool, log: createEventLog({ store, ...sealed }) },
    onTrouble: (error) => shell.remark(`Trying again after ${problemName(error)}`),
  });
  await projectors.rebuild(name).finally(() => projectors.stop());
};
