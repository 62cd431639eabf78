import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from '@jest/globals';
import { createPool } from '@studio/infra';

import { startOwnPostgres } from '../fixtures/postgres.ts';
import { behindBySql, openMs, presentIn, trialTimeoutMs } from './trial.ts';
import { lostTo, watch } from './watch.ts';

/** The reader of the trials over a table numbered by a sequence: the check must be able to fail. */
it(
  'a table numbered by a sequence, without the writer lock, loses events to the same reader',
  async () => {
    const postgres = await startOwnPostgres();
    const pool = createPool({ url: postgres.url, applicationName: 'naive', maxConnections: 20 });
    await pool.query('create table naive (position bigserial primary key, data text not null)');
    const stalled = await pool.connect();
    await stalled.query(`begin; insert into naive (data) values ('of a writer that stalls')`);
    const reader = watch(behindBySql(pool, 'naive'));
    let going = true;
    const write = async (): Promise<void> => {
      while (going) await pool.query('insert into naive (data) values ($1)', ['x'.repeat(800)]);
    };
    const writing = Promise.all(Array.from({ length: 12 }, write));
    await sleep(openMs);
    await stalled.query('commit');
    stalled.release();
    going = false;
    await writing;
    await reader.stop();
    const { missed } = lostTo(reader.seen, await presentIn(pool, 'naive'));
    expect(missed).toBeGreaterThan(0);
    await pool.end();
    await postgres.stop();
  },
  trialTimeoutMs,
);
