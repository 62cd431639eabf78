import {
  createStoredPositions,
  observeProjections,
  observeRuns,
  type ProjectionPositions,
} from '@studio/infra';
import { builtInProjections, ensureTables, startProjectors } from '@studio/projectors';

import type { Context } from './context.ts';
import { plays } from './roles.ts';
import type { Storage } from './storage.ts';

/** Keeps the read models, or sees to it that they can be read while another process keeps them. */
export const openReadModels = async (
  { role, releases, metrics, decorations, trouble }: Context,
  { database, log }: Storage,
): Promise<ProjectionPositions> => {
  const { pool, rebuildable } = database;
  if (!plays(role, 'projectors')) {
    await ensureTables(pool, builtInProjections);
    return createStoredPositions(pool, () => log.lastPosition());
  }
  const projectors = await startProjectors({
    ...{ pool: decorations.projections?.(rebuildable) ?? rebuildable, log },
    onTrouble: trouble('projections'),
  });
  releases.add('projectors', () => projectors.stop());
  observeProjections(metrics.meter, projectors);
  observeRuns(metrics.meter, pool);
  return projectors;
};
