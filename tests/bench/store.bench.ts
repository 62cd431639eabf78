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

type Report = Parameters<Bench>[0];

const openStore = (url: string): Promise<EventStore> => createPostgresEventStore({ url });

/** Single appends, beside a raw loop with as many connections; on a real EventStoreDB too when its address is given. */
const appends = async (report: Report, url: string): Promise<void> => {
  const store = await openStore(url);
  for (const writers of [64, 256, 1]) {
    const raw = await openRawLoop(url, writers);
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
  await store.close();
  const server = namedServer();
  if (server !== undefined)
    await appendsOnEventStoreDb(server, { appending, inserting }, { sliceMs, rounds }, report);
};

const appendsToSubscribers = async (report: Report, url: string): Promise<void> => {
  const [store, other] = [await openStore(url), await openStore(url)];
  const aborter = new AbortController();
  const after = await store.lastPosition();
  for (const [name, reader] of [
    ['append-to-subscriber', store],
    ['append-to-subscriber-of-another-process', other],
  ] as const) {
    const raw = await openRawLoop(url, 1);
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
  await Promise.all([store.close(), other.close()]);
};

/** The last tenth of a long run against the first. */
const growing = async (report: Report, url: string): Promise<void> => {
  const store = await openStore(url);
  const raw = await openRawLoop(url, 64);
  const tenths = await longRun(store, raw, 64);
  await Promise.all([raw.close(), store.close()]);
  const [first, last] = [tenths.at(0), tenths.at(-1)];
  if (!first || !last) throw new Error('ten tenths were asked for');
  for (const [side, name] of [
    ['ours', 'append-last-tenth-of-a-long-run'],
    ['theirs', 'raw-loop-last-tenth-of-a-long-run'],
  ] as const)
    report(
      benchLine({
        ...{ bench: 'store', case: name, concurrency: 64, unit: 'appends/s' },
        ...{ baseline: 'its first tenth', ours: last[side], theirs: first[side] },
      }),
    );
};

const groups: Readonly<Record<string, (report: Report, url: string) => Promise<void>>> = {
  append: appends,
  'append-to-subscriber': appendsToSubscribers,
  'long-run': growing,
  batch20: batchesOf20,
  'append-by-4-processes': fourProcesses,
  catchup: catchingUp,
  'large-log': inALargeLog,
};

/** `BENCH_CASE` names one group of cases. */
export const bench: Bench = async (report) => {
  const only = process.env['BENCH_CASE'];
  const postgres = await startTestPostgres();
  const pool = createPool({ url: postgres.url, applicationName: 'bench' });
  await migrate(pool);
  await pool.end();
  for (const [name, group] of Object.entries(groups))
    if (only === undefined || only === name) await group(report, postgres.url);
  await postgres.stop();
};
