import { sweepRetention } from '@studio/command-api';
import { createDueRuns, createPatience, newId, systemClock as clock } from '@studio/infra';

import type { Context } from './context.ts';
import { plays } from './roles.ts';
import type { Storage } from './storage.ts';

/** Erases, from now on and again and again, the runs that their workspaces keep no longer. */
export const startRetention = (
  { role, config, releases, logger, trouble }: Context,
  { log, keys, files, database }: Storage,
): void => {
  if (!plays(role, 'command-api')) return;
  const stopping = new AbortController();
  const onTrouble = trouble('erasing a run that is kept no longer');
  const parts = {
    dependencies: { log, keys, files, clock, newId, patience: createPatience() },
    dueRuns: createDueRuns(database.pool),
    onTrouble,
  };
  let sweeping: Promise<void> | null = null;
  const sweepOnce = async (): Promise<void> => {
    const erased = await sweepRetention(parts, stopping.signal);
    if (erased > 0) logger.info({ erased }, 'erased runs that are kept no longer');
  };
  const sweep = (): Promise<void> =>
    (sweeping ??= sweepOnce()
      .catch(onTrouble)
      .finally(() => (sweeping = null)));
  void sweep();
  const timer = setInterval(() => void sweep(), config.retentionSweepSeconds * 1_000);
  releases.add('retention', async () => {
    clearInterval(timer);
    stopping.abort();
    await sweeping;
  });
};
