import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';

import { long } from '../fixtures/length.ts';
import { stopped } from './stopped.ts';
import { openMs, several, stopMs, stops, type Trial, trial, trialTimeoutMs } from './trial.ts';

const answerWithinMs = 1_000;

const acknowledgedBy = ({ writers }: Trial): number =>
  writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);

const lockHolders = async (pool: Pool): Promise<number[]> => {
  const { rows } = await pool.query<{ pid: number }>(
    `select distinct pid from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted
        and application_name = 'studio-log' and datname = current_database()`,
  );
  return rows.map(({ pid }) => pid);
};

/**
 * Whether a stopped backend holds the writer lock. A backend can also be caught with a latch of
 * Postgres's own in its hand, without which nobody gets an answer: no case for the log.
 */
const isCaught = (pool: Pool, pid: number): Promise<boolean> =>
  Promise.race([
    lockHolders(pool).then((pids) => pids.includes(pid)),
    sleep(answerWithinMs).then(() => false),
  ]);

/** Stops a backend at a moment when it holds the writer lock: looked up again once it stands still. */
const withLockHolderStopped = async (pool: Pool, work: () => Promise<void>): Promise<void> => {
  const attempt = (pid: number): Promise<boolean> =>
    stopped([pid], async () => {
      const caught = await isCaught(pool, pid);
      if (caught) await work();
      return caught;
    });
  for (let caught = false; !caught;) {
    const [pid] = await lockHolders(pool);
    if (pid !== undefined) caught = await attempt(pid);
  }
};

describe('the order of the log', () => {
  (long ? it : it.skip).each([1, 4])(
    'holds with %i writing processes',
    (processes) => trial(processes, () => sleep(1_000)),
    trialTimeoutMs,
  );

  (long ? it : it.skip)(
    'holds while a writing process is stopped, and the others go on',
    () =>
      trial(several, async (running) => {
        for (let stop = 0; stop < stops; stop += 1) {
          await sleep(Math.random() * 300);
          const { pid } = running.writers[stop % several] ?? { pid: 0 };
          await stopped([pid], async () => {
            const [acknowledged, followed] = [acknowledgedBy(running), running.followed()];
            await sleep(stopMs);
            while (acknowledgedBy(running) === acknowledged || running.followed() === followed)
              await sleep(5);
          });
        }
      }),
    trialTimeoutMs,
  );

  it(
    'holds while the backend with the writer lock is stopped, and reading goes on',
    () =>
      trial(several, async (running) => {
        for (let stop = 0; stop < stops; stop += 1) {
          await sleep(Math.random() * 300);
          await withLockHolderStopped(running.pool, async () => {
            await sleep(stopMs);
            const end = await running.store.lastPosition();
            const page = await running.store.readAll({ after: end - 10n });
            expect(page).toMatchObject({ upTo: end });
            expect(page.events).toHaveLength(10);
          });
          const acknowledged = acknowledgedBy(running);
          while (acknowledgedBy(running) === acknowledged) await sleep(5);
        }
      }),
    trialTimeoutMs,
  );

  it(
    'holds while somebody leaves a write transaction open, and subscribers go on',
    () =>
      trial(2, async (running) => {
        const foreign = await running.pool.connect();
        await foreign.query('begin; create table read.foreign_write (id int)');
        await foreign.query('insert into read.foreign_write values (1)');
        const followed = running.followed();
        await sleep(openMs);
        while (running.followed() <= followed + 100) await sleep(5);
        await foreign.query('rollback');
        foreign.release();
      }),
    trialTimeoutMs,
  );
});
