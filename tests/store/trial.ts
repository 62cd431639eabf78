import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from '@jest/globals';
import type { EventStore } from '@studio/contracts';
import { createPool, createPostgresEventStore, migrate } from '@studio/infra';
import type { Pool } from 'pg';

import { countingFrom, positionsOf } from '../contract/logEvents.ts';
import { rounds, soak } from '../fixtures/length.ts';
import { startOwnPostgres } from '../fixtures/postgres.ts';
import { lostTo, type ReadBehind, watch } from './watch.ts';
import { startWriter, type WritingProcess } from './writingProcess.ts';

/** How long things are stopped: as the trials were written down in `npm run soak`. */
export const stopMs = soak ? 10_000 : rounds(1_200, 2_000);
export const openMs = soak ? 60_000 : rounds(1_200, 2_000);
/** Writing processes, where several are asked for. */
export const several = rounds(2, 4);
export const stops = soak ? 6 : rounds(1, 2);
export const trialTimeoutMs = soak ? 300_000 : 240_000;

export interface Trial {
  readonly url: string;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly writers: readonly WritingProcess[];
  /** Events that the subscriber has been handed so far. */
  followed(): number;
}

export const behindBySql =
  (pool: Pool, table: string): ReadBehind =>
  async (after) => {
    const { rows } = await pool.query<{ position: string }>(
      `select position from ${table} where position > $1 order by position limit 1000`,
      [after.toString()],
    );
    return rows.map(({ position }) => BigInt(position));
  };

export const presentIn = async (pool: Pool, table: string): Promise<bigint[]> => {
  const { rows } = await pool.query<{ position: string }>(
    `select position from ${table} order by position`,
  );
  return rows.map(({ position }) => BigInt(position));
};

/** Every acknowledged event lies where its writer was told. */
export const expectAcknowledged = async (
  pool: Pool,
  writers: readonly WritingProcess[],
): Promise<void> => {
  const { rows } = await pool.query<{ event_id: string; position: string }>(
    'select event_id, position from log.events',
  );
  const stored = new Map(rows.map(({ event_id, position }) => [event_id, BigInt(position)]));
  for (const { acknowledged } of writers) {
    expect(acknowledged.size).toBeGreaterThan(0);
    const lost = [...acknowledged].filter(([eventId, at]) => stored.get(eventId) !== at);
    expect(lost).toEqual([]);
  }
};

/** Writing processes, a reader by SQL and a subscriber; what happens to them; then what must hold. */
export const trial = async (
  processes: number,
  during: (trial: Trial) => Promise<void>,
): Promise<void> => {
  const postgres = await startOwnPostgres();
  const pool = createPool({ url: postgres.url, applicationName: 'trial' });
  await migrate(pool);
  const store = await createPostgresEventStore({ url: postgres.url });
  const bySql = watch(behindBySql(pool, 'log.events'));
  const aborter = new AbortController();
  const followed: bigint[] = [];
  const following = (async () => {
    for await (const { events } of store.subscribe({ after: 0n, signal: aborter.signal }))
      followed.push(...positionsOf(events));
  })();
  const writers = Array.from({ length: processes }, () => startWriter(postgres.url));
  try {
    while (writers.some(({ acknowledged }) => acknowledged.size < 20)) await sleep(5);
    await during({ url: postgres.url, pool, store, writers, followed: () => followed.length });
    await Promise.all(writers.map((writer) => writer.stop()));
    await bySql.stop();
    const present = await presentIn(pool, 'log.events');
    while (followed.length < present.length) await sleep(5);
    expect(present).toEqual(countingFrom(1n, present.length));
    expect(lostTo(bySql.seen, present)).toEqual({ missed: 0, inverted: 0 });
    expect(followed).toEqual(present);
    await expectAcknowledged(pool, writers);
  } finally {
    aborter.abort();
    await following;
    await bySql.stop();
    await Promise.allSettled(writers.map((writer) => writer.stop()));
    await store.close();
    await pool.end();
    await postgres.stop();
  }
};
