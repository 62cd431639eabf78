import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from '@jest/globals';
import type { EventStore } from '@studio/contracts';
import { createPool, createPostgresEventStore, migrate } from '@studio/infra';
import type { Pool } from 'pg';

import { anExecution, countingFrom, events, positionsOf, tiny } from '../contract/logEvents.ts';
import { rounds, soak } from '../fixtures/length.ts';
import { type OwnPostgres, startOwnPostgres } from '../fixtures/postgres.ts';
import { expectAcknowledged, presentIn, trialTimeoutMs } from './trial.ts';
import { startWriter, type WritingProcess } from './writingProcess.ts';

const times = soak ? 50 : rounds(3, 10);

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(5);
};

const acknowledgedMore = ({ acknowledged }: WritingProcess, more: number): Promise<void> => {
  const enough = acknowledged.size + more;
  return until(() => acknowledged.size >= enough);
};

/** Appends that the log must refuse, again and again; answers the ids of what must never be seen. */
const refuseUntil = async (store: EventStore, signal: AbortSignal): Promise<Set<string>> => {
  const stream = anExecution();
  await store.append(stream, 'no_stream', events(1, tiny));
  const refused = new Set<string>();
  while (!signal.aborted) {
    const unwanted = events(2, tiny);
    for (const { eventId } of unwanted) refused.add(eventId);
    await expect(store.append(stream, 'no_stream', unwanted)).rejects.toMatchObject({
      code: 'append.conflict',
    });
  }
  return refused;
};

/** A subscriber that lives through it all. */
const followAll = (store: EventStore) => {
  const positions: bigint[] = [];
  const ending = new AbortController();
  const following = (async () => {
    for await (const batch of store.subscribe({ after: 0n, signal: ending.signal }))
      positions.push(...positionsOf(batch.events));
  })();
  return {
    positions,
    stop: (): Promise<void> => {
      ending.abort();
      return following;
    },
  };
};

/** Kills a writer, then the server, in the middle of what all of them write. Answers the writers. */
const killRoundByRound = async (postgres: OwnPostgres): Promise<WritingProcess[]> => {
  const survivor = startWriter(postgres.url);
  const writers = [survivor];
  for (let round = 0; round < times; round += 1) {
    const victim = startWriter(postgres.url);
    writers.push(victim);
    await acknowledgedMore(victim, 20);
    process.kill(victim.pid, 'SIGKILL');
    await expect(victim.stop()).rejects.toThrow('ended with null');
    await acknowledgedMore(survivor, 20);
    await postgres.kill();
    await postgres.start();
    await acknowledgedMore(survivor, 20);
  }
  await survivor.stop();
  return writers;
};

it(
  'kill -9 of a writer and of Postgres loses nothing acknowledged and shows nothing refused',
  async () => {
    const postgres = await startOwnPostgres();
    const onIdleError = (): void => undefined; // the server is killed on purpose
    const pool = createPool({ url: postgres.url, applicationName: 'crash', onIdleError });
    await migrate(pool);
    const store = await createPostgresEventStore({ url: postgres.url, patienceMs: 60_000 });
    const follower = followAll(store);
    const ending = new AbortController();
    const refusing = refuseUntil(store, ending.signal);
    try {
      const writers = await killRoundByRound(postgres);
      ending.abort();
      const refused = await refusing;
      const present = await presentIn(pool, 'log.events');
      expect(present).toEqual(countingFrom(1n, present.length));
      await expectAcknowledged(pool, writers);
      const { rows } = await pool.query<{ event_id: string }>('select event_id from log.events');
      expect(refused.size).toBeGreaterThan(0);
      expect(rows.filter(({ event_id }) => refused.has(event_id))).toEqual([]);
      await until(() => follower.positions.length >= present.length);
      expect(follower.positions).toEqual(present);
    } finally {
      ending.abort();
      await follower.stop();
      await store.close();
      await pool.end();
      await postgres.stop();
    }
  },
  soak ? 3_600_000 : trialTimeoutMs,
);

/** How often the server has flushed its WAL: told by pg_stat_io since PostgreSQL 18, by pg_stat_wal before. */
const walSyncs = async (pool: Pool): Promise<number> => {
  const { rows: version } = await pool.query<{ n: number }>(
    `select current_setting('server_version_num')::int as n`,
  );
  const source =
    (version[0]?.n ?? 0) >= 180_000
      ? `select sum(fsyncs) as n from pg_stat_io where object = 'wal'`
      : 'select wal_sync as n from pg_stat_wal';
  return Number((await pool.query<{ n: string }>(source)).rows[0]?.n);
};

it('each acknowledged batch was flushed: WAL syncs grow with them', async () => {
  const postgres = await startOwnPostgres();
  const pool = createPool({ url: postgres.url, applicationName: 'test' });
  await migrate(pool);
  const store = await createPostgresEventStore({ url: postgres.url });
  const before = await walSyncs(pool);
  const appends = 200;
  for (let count = 0; count < appends; count += 1)
    await store.append(anExecution(), 'no_stream', events(1, tiny)); // one after the other: a batch each
  await store.close(); // a backend tells its counts when it ends
  await until(async () => (await walSyncs(pool)) - before >= appends);
  await pool.end();
  await postgres.stop();
});
