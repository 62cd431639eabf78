import { activeGeneration, createGeneration, type Database, switchGeneration } from '@studio/infra';

import type { Projection } from './projection.ts';

/**
 * Makes the tables of each projection that has none, and shows them at once: there is nothing else to read, and they
 * fill up before everyone's eyes. For processes that read without projecting, too.
 */
export const ensureTables = async (
  pool: Database,
  projections: readonly Projection[],
): Promise<void> => {
  for (const { name: projection, version, tables } of projections) {
    if (await activeGeneration(pool, projection)) continue;
    const fresh = { projection, version, name: `v${version}` };
    await createGeneration(pool, fresh, tables);
    await switchGeneration(pool, null, fresh, tables);
  }
};
