import { randomBytes } from 'node:crypto';

import {
  type Definition,
  type EventToAppend,
  type ExecutionId,
  executionStream,
  type StreamName,
} from '@studio/contracts';
import { createExpressions, startExecutor } from '@studio/executor';
import {
  createEngineIndex,
  createEventLog,
  createEventStoreDbStore,
  createInMemoryFileStorage,
  createPermitTable,
  createPool,
  createPostgresEventStore,
  createPostgresKeyRing,
  createShardTable,
  deterministicId,
  migrate,
  newId,
} from '@studio/infra';
import { findKind } from '@studio/kinds';
import { startProjectors } from '@studio/projectors';

import { aPrefix, namedServer } from '../fixtures/eventStoreDb.ts';
import { startTestPostgres } from '../fixtures/postgres.ts';
import { openBareClient } from './bareClient.ts';
import type { Bench } from './bench.ts';
import { benchLine, type Measured, newMeasured } from './benchLine.ts';
import { iterations, waitingRuns } from './longRuns.ts';
import { oneStep } from './oneStep.ts';
import { openRawLoop, type RawLoop } from './rawLoop.ts';
import { chainOf, createRunLoad, fanOf } from './runLoad.ts';
import { alternate, type Step } from './slices.ts';

/** Connections of the raw loop, and runs at once where a case does not say otherwise. */
const writers = 64;
const sliceMs = Number(process.env['BENCH_SLICE_MS'] ?? 4_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** One case alone, by its name. */
const only = process.env['BENCH_CASE'];

interface Case {
  readonly name: string;
  readonly definition: Definition;
  readonly runsAtOnce: number;
  /**
   * False: a run makes room for the next one once its end is on record, and the clock of a slice stops
   * when the read models have passed the last of them. True: each run waits for the read models as well.
   */
  readonly eachIsRead: boolean;
}

const cases: readonly Case[] = [
  {
    name: 'chain-durable',
    definition: chainOf(10, 'noop'),
    runsAtOnce: writers,
    eachIsRead: false,
  },
  {
    name: 'chain-durable-read',
    definition: chainOf(10, 'noop'),
    runsAtOnce: writers,
    eachIsRead: true,
  },
  { name: 'fanout', definition: fanOf(50, 'noop'), runsAtOnce: 8, eachIsRead: false },
  {
    name: 'chain-pure',
    definition: chainOf(10, 'transform', { expression: 'input' }),
    runsAtOnce: writers,
    eachIsRead: false,
  },
];

type ReadStream = (stream: StreamName) => Promise<readonly EventToAppend[]>;

/** The bytes that one step's events have in the log, as one row. */
const rowOfAStep = async (
  readStream: ReadStream,
  stream: StreamName,
  steps: number,
): Promise<EventToAppend> => {
  const stored = (await readStream(stream)).slice(1, -1);
  const bytes = (pick: (event: EventToAppend) => string): number =>
    Math.round(stored.reduce((sum, event) => sum + pick(event).length, 0) / steps);
  const text = (length: number): string => JSON.stringify('x'.repeat(Math.max(0, length - 2)));
  return {
    ...{ eventId: newId(), type: 'NodeCompleted' },
    data: text(bytes(({ data }) => data)),
    metadata: text(bytes(({ metadata }) => metadata)),
  };
};

const inserting =
  (raw: RawLoop, row: EventToAppend, steps: number): Step =>
  async (writer) => {
    const stream = executionStream(newId() as ExecutionId); // a fresh id
    for (let revision = 0; revision < steps; revision += 1)
      await raw.insert(writer, stream, revision, row);
  };

const inSteps = ({ rates, latenciesMs }: Measured, steps: number): Measured => ({
  rates: rates.map((rate) => rate * steps),
  latenciesMs,
});

const runs: Bench = async (report) => {
  const postgres = await startTestPostgres();
  const pool = createPool({ url: postgres.url, applicationName: 'bench', maxConnections: 8 });
  await migrate(pool);
  const rebuildable = createPool({
    ...{ url: postgres.url, applicationName: 'bench', plannerOptions: '-c synchronous_commit=off' },
  });
  const server = namedServer();
  const store =
    server === undefined
      ? await createPostgresEventStore({ url: postgres.url })
      : await createEventStoreDbStore({ url: server, prefix: aPrefix() });
  const keys = createPostgresKeyRing({ pool, masterKey: randomBytes(32) });
  const log = createEventLog({ store, keys, files: createInMemoryFileStorage() });
  const expressions = createExpressions();
  const complain = (error: unknown): void => {
    console.error(error);
  };
  const projectors = await startProjectors({ pool: rebuildable, log, onTrouble: complain });
  const never = () => Promise.reject(new Error('not part of this bench'));
  const executor = await startExecutor({
    ...{ log, newId, alone: true, maxEffects: 256, onError: complain },
    index: createEngineIndex(rebuildable),
    shards: createShardTable(pool),
    permits: createPermitTable(pool),
    workbench: {
      ...{ findKind, expressions, deterministicId, http: { request: never } },
      pseudonym: (text) => text,
      people: { accountOf: never },
      models: { name: 'none', simulated: false, complete: never },
    },
  });
  const ending = new AbortController();
  const projected = async (position: bigint): Promise<void> => {
    await projectors.waitFor('executions', position, 60_000);
  };
  for (const { name, definition, runsAtOnce, eachIsRead } of cases) {
    if (only && only !== name) continue;
    const run = createRunLoad({ log, keys, signal: ending.signal }, definition);
    const steps = definition.nodes.length;
    const row = await rowOfAStep((stream) => store.readStream(stream), (await run()).stream, steps);
    const raw =
      server === undefined
        ? await openRawLoop(postgres.url, writers)
        : openBareClient(server, aPrefix());
    const [ours, theirs] = [newMeasured(), newMeasured()];
    let last = 0n;
    const step: Step = async () => {
      const { position } = await run();
      if (position > last) last = position;
      if (eachIsRead) await projected(position);
    };
    const sides = [
      { step, writers: runsAtOnce, into: ours, settled: () => projected(last) },
      { step: inserting(raw, row, steps), into: theirs },
    ];
    await alternate(sides, { writers, sliceMs, rounds });
    await raw.close();
    report(
      benchLine({
        ...{ bench: 'engine', case: name, concurrency: runsAtOnce, unit: 'steps/s' },
        baseline: `one ${server === undefined ? 'row' : "append of the server's own client"} of ${row.data.length + row.metadata.length} bytes and one commit a step`,
        ...{ ours: inSteps(ours, steps), theirs: inSteps(theirs, steps) },
      }),
    );
  }
  ending.abort();
  await executor.stop(1_000);
  await projectors.stop();
  await expressions.close();
  await store.close();
  await pool.end();
  await rebuildable.end();
  await postgres.stop();
};

const ofAStudio: Readonly<Record<string, Bench>> = {
  'one-step-to-socket': oneStep,
  'waiting-10000': waitingRuns,
  'iterations-10000': iterations,
};

export const bench: Bench = async (report) => {
  await runs(report);
  for (const [name, more] of Object.entries(ofAStudio))
    if (!only || only === name) await more(report);
};
