import type { Executor } from '@studio/executor';
import { removeExecutor, reportExecutor } from '@studio/infra';

import type { Context } from './context.ts';
import type { Storage } from './storage.ts';

const reportEveryMs = 1_000;

/** Tells whoever looks at the database what this process's executor has in hand. */
export const startExecutorReport = (
  { role, releases, trouble }: Pick<Context, 'role' | 'releases' | 'trouble'>,
  { database }: Pick<Storage, 'database'>,
  executor: Executor,
): void => {
  const { owner } = executor;
  const survived = trouble('saying what the executor has in hand');
  let reporting: Promise<void> | null = null;
  const report = (): Promise<void> =>
    (reporting ??= reportExecutor(database.rebuildable, {
      ...{ owner, role, liveRuns: executor.liveRuns() },
      effectsInFlight: executor.effectsInFlight(),
      stuckRuns: executor.stuckRuns().map(({ executionId, revision, namedAt, wentOn }) => ({
        ...{ execution_id: executionId, revision, named_at: namedAt, went_on: wentOn },
      })),
    }).finally(() => (reporting = null)));
  void report().catch(survived);
  const timer = setInterval(() => void report().catch(survived), reportEveryMs);
  releases.add('report of the executor', async () => {
    clearInterval(timer);
    await reporting?.catch(survived);
    await removeExecutor(database.rebuildable, owner).catch(survived);
  });
};
