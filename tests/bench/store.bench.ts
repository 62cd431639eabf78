import type { EventStore } from '@studio/contracts';
import { createPool, createPostgresEventStore, migrate } from '@studio/infra';

import { namedServer } from '../fixtures/eventStoreDb.ts';
import { startTestPostgres } from '../fixtures/postgres.ts';
import type { Bench } from './bench.ts';
import { benchLine, type Measured, newMeasured } from './benchLine.ts';
import { appendsOnEventStoreDb } from './eventStoreDbAppends.ts';
import { openRawLoop, type RawLoop } from './rawLoop.ts';
import { alternate, type Step } from './slices.ts';
import { anEvent, appending, aStream, inserting } from './storeEvents.ts';
import { fourProcesses } from './storeProcesses.ts';
import { batchesOf20, catchingUp, inALargeLog } from './storeSizes.ts';

const sliceMs = 500;
const rounds = 24;
const longRunMs = Number(process.env['BENCH_LONG_MS'] ?? 30_000);
const rawBaseline = 'one row and one commit per connection';

/** The time from the call of append until the event is in a subscriber's hands. */
const reaching = (
  writer: EventStore,
  reader: EventStore,
  after: bigint,
  signal: AbortSignal,
): Step => {
  let arrived: () => void = () => undefined;
  let awaited = '';
  const follow = async (): Promise<void> => {
    for await (const { events } of reader.subscribe({ after, signal }))
      if (events.some(({ eventId }) => eventId === awaited)) arrived();
  };
  void follow(); // ends with the signal
  return async () => {
    const event = anEvent();
    awaited = event.eventId;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    await Promise.all([writer.append(aStream(), 'no_stream', [event]), arrival]);
  };
};

interface Tenth {
  readonly ours: Measured;
  readonly theirs: Measured;
}

/** Ten tenths of a long run of both: a probe that reads more as the table grows shows in the last. */
const longRun = async (store: EventStore, raw: RawLoop, writers: number): Promise<Tenth[]> => {
  const tenths = Array.from({ length: 10 }, () => ({ ours: newMeasured(), theirs: newMeasured() }));
  const [append, insert] = [appending(store, writers), inserting(raw, writers)];
  for (const { ours, theirs } of tenths) {
    const sides = [
      { step: append, into: ours },
      { step: insert, into: theirs },
    ];
    await alternate(sides, { writers, sliceMs: longRunMs / 20, rounds: 1 });
  }
  return tenths;
};

export const bench: Bench = async (report) => {
  const postgres = await startTestPostgres();
  const pool = createPool({ url: postgres.url, applicationName: 'bench' });
  await migrate(pool);
  await pool.end();
  const store = await createPostgresEventStore({ url: postgres.url });
  const other = await createPostgresEventStore({ url: postgres.url });

  for (const writers of [64, 256, 1]) {
    const raw = await openRawLoop(postgres.url, writers);
    const [ours, theirs] = [newMeasured(), newMeasured()];
    const sides = [
      { step: appending(store, writers), into: ours },
      { step: inserting(raw, writers), into: theirs },
    ];
    await alternate(sides, { writers, sliceMs, rounds });
    await raw.close();
    const comparison = { bench: 'store', concurrency: writers, unit: 'appends/s', ours, theirs };
    report(benchLine({ ...comparison, case: 'append', baseline: rawBaseline }));
  }

  const server = namedServer();
  if (server !== undefined)
    await appendsOnEventStoreDb(server, { appending, inserting }, { sliceMs, rounds }, report);

  const aborter = new AbortController();
  const after = await store.lastPosition();
  for (const [name, reader] of [
    ['append-to-subscriber', store],
    ['append-to-subscriber-of-another-process', other],
  ] as const) {
    const raw = await openRawLoop(postgres.url, 1);
    const [ours, theirs] = [newMeasured(), newMeasured()];
    const sides = [
      { step: reaching(store, reader, after, aborter.signal), into: ours },
      { step: inserting(raw, 1), into: theirs },
    ];
    await alternate(sides, { writers: 1, sliceMs: 1_000, rounds: 3 });
    await raw.close();
    const comparison = { bench: 'store', concurrency: 1, unit: 'events/s', ours, theirs };
    report(benchLine({ ...comparison, case: name, baseline: 'one raw insert' }));
  }
  aborter.abort();

  const raw = await openRawLoop(postgres.url, 64);
  const tenths = await longRun(store, raw, 64);
  await raw.close();
  const [first, last] = [tenths.at(0), tenths.at(-1)];
  if (first && last)
    for (const [side, name] of [
      ['ours', 'append-last-tenth-of-a-long-run'],
      ['theirs', 'raw-loop-last-tenth-of-a-long-run'],
    ] as const)
      report(
        benchLine({
          bench: 'store',
          case: name,
          concurrency: 64,
          unit: 'appends/s',
          baseline: 'its first tenth',
          ours: last[side],
          theirs: first[side],
        }),
      );

  await store.close();
  await other.close();
  for (const more of [batchesOf20, fourProcesses, catchingUp, inALargeLog])
    await more(report, postgres.url);
  await postgres.stop();
};
