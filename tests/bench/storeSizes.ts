import { createPool, createPostgresEventStore, migrate } from '@studio/infra';
import { Client } from 'pg';

import { freshDatabase } from '../fixtures/postgres.ts';
import type { Bench } from './bench.ts';
import { benchLine, newMeasured } from './benchLine.ts';
import { openRawLoop } from './rawLoop.ts';
import { alternate } from './slices.ts';
import { anEvent, appending, aStream } from './storeEvents.ts';

type Report = Parameters<Bench>[0];

const batch = 20;

/** 20 events an append, beside 20 rows an `unnest` statement and commit. */
export const batchesOf20 = async (report: Report, url: string): Promise<void> => {
  const writers = 64;
  const store = await createPostgresEventStore({ url });
  const raw = await openRawLoop(url, writers);
  const [ours, theirs] = [newMeasured(), newMeasured()];
  const events = () => Array.from({ length: batch }, anEvent);
  const sides = [
    {
      into: ours,
      step: async () => {
        await store.append(aStream(), 'no_stream', events());
      },
    },
    { into: theirs, step: (writer: number) => raw.insertMany(writer, aStream(), events()) },
  ];
  await alternate(sides, { writers, sliceMs: 500, rounds: 16 });
  await raw.close();
  await store.close();
  report(
    benchLine({
      ...{ bench: 'store', case: 'batch20', concurrency: writers, unit: 'appends/s', ours, theirs },
      baseline: 'unnest of 20 rows and one commit per connection',
    }),
  );
};

/** Fills a table with streams of 20 events of about 800 bytes, as fast as Postgres can. */
const fill = (client: Client, table: string, events: number) =>
  client.query(
    `insert into ${table} (position, revision, event_id, stream, type, data, metadata, hash)
     select n, (n - 1) % 20, gen_random_uuid(),
            'execution-' || lpad(to_hex((n - 1) / 20), 12, '0'), 'NodeCompleted',
            '{"instance":"node","output":{"text":"' || repeat('o', 400) || '"}}',
            '{"correlationId":"' || gen_random_uuid() || '","actor":"' || repeat('a', 180) || '"}',
            sha256(n::text::bytea)
       from generate_series(1, ${events}) n`,
  );

const connected = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
};

const migrated = async (server: string) => {
  const database = await freshDatabase(server);
  const pool = createPool({ url: database.url, applicationName: 'bench' });
  await migrate(pool);
  await pool.end();
  return database;
};

const pageSize = 1_000;
const rawPage = `select position, revision, event_id, stream, type, data, metadata, hash
  from log.events where position > $1 order by position limit ${pageSize}`;

/** A subscription that catches up, beside a loop that reads the same rows page by page. */
export const catchingUp = async (report: Report, server: string): Promise<void> => {
  const events = Number(process.env['BENCH_CATCHUP_EVENTS'] ?? 1_000_000);
  const database = await migrated(server);
  const client = await connected(database.url);
  await fill(client, 'log.events', events);
  await client.query('vacuum analyze log.events');
  const store = await createPostgresEventStore({ url: database.url });
  const [ours, theirs] = [newMeasured(), newMeasured()];
  const subscription = store.subscribe({ after: 0n, signal: new AbortController().signal });
  const batches = subscription[Symbol.asyncIterator]();
  let after = 0n;
  const share = 10 * pageSize;
  const ourStep = async (): Promise<void> => {
    for (let read = 0; read < share;) {
      const next = await batches.next();
      read += next.done ? share : next.value.events.length;
    }
  };
  const theirStep = async (): Promise<void> => {
    for (let read = 0; read < share; read += pageSize) {
      const { rows } = await client.query<{ position: string }>({
        ...{ name: 'raw_page', text: rawPage, values: [after.toString()] },
      });
      after = BigInt(rows.at(-1)?.position ?? 0);
    }
  };
  const timed = async (step: () => Promise<void>, into: typeof ours): Promise<void> => {
    const start = performance.now();
    await step();
    const took = performance.now() - start;
    into.latenciesMs.push(took);
    into.rates.push((share * 1000) / took);
  };
  for (let read = 0; read + share <= events; read += share) {
    await timed(ourStep, ours);
    await timed(theirStep, theirs);
  }
  await batches.return?.();
  await store.close();
  await client.end();
  await database.stop();
  report(
    benchLine({
      ...{ bench: 'store', case: 'catchup', concurrency: 1, unit: 'events/s', ours, theirs },
      baseline: 'reading the same rows page by page',
    }),
  );
};

/** The same appends, and reads by stream, in a log of millions beside one that was empty. */
export const inALargeLog = async (report: Report, server: string): Promise<void> => {
  const soak = process.env['STUDIO_SOAK'] === '1';
  const events = Number(process.env['BENCH_LARGE_EVENTS'] ?? (soak ? 20_000_000 : 5_000_000));
  const [large, empty] = [await migrated(server), await migrated(server)];
  for (const [database, count] of [
    [large, events],
    [empty, 20_000],
  ] as const) {
    const client = await connected(database.url);
    await fill(client, 'log.events', count);
    await client.query('vacuum analyze log.events');
    await client.end();
  }
  const [inLarge, inEmpty] = await Promise.all(
    [large, empty].map(({ url }) => createPostgresEventStore({ url })),
  );
  if (!inLarge || !inEmpty) throw new Error('two stores were asked for');
  const reading = (store: typeof inLarge, count: number) => async (): Promise<void> => {
    const stream = Math.floor((Math.random() * count) / 20);
    const name = `execution-${stream.toString(16).padStart(12, '0')}` as ReturnType<typeof aStream>;
    await store.readStream(name);
  };
  for (const [name, unit, writers, one, other] of [
    ['append', 'appends/s', 64, appending(inLarge, 64), appending(inEmpty, 64)],
    ['read-stream', 'reads/s', 4, reading(inLarge, events), reading(inEmpty, 20_000)],
  ] as const) {
    const [ours, theirs] = [newMeasured(), newMeasured()];
    const sides = [
      { step: one, into: ours },
      { step: other, into: theirs },
    ];
    await alternate(sides, { writers, sliceMs: 500, rounds: 16 });
    report(
      benchLine({
        ...{ bench: 'store', case: `${name}-in-a-log-of-${events}`, concurrency: writers, unit },
        ...{ ours, theirs, baseline: 'the same in a log that was nearly empty' },
      }),
    );
  }
  await Promise.all([inLarge.close(), inEmpty.close()]);
  await Promise.all([large.stop(), empty.stop()]);
};
