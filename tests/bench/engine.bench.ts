import { createHash, randomBytes } from 'node:crypto';

import {
  type Definition,
  type EventLog,
  type EventToAppend,
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  type KeyRing,
  type NewEvent,
  type StreamName,
} from '@studio/contracts';
import { decideRun, initialRun } from '@studio/domain';
import { createExpressions, startExecutor } from '@studio/executor';
import {
  createEngineIndex,
  createEventLog,
  createInMemoryFileStorage,
  createPool,
  createPostgresEventStore,
  createPostgresKeyRing,
  createShardTable,
  deterministicId,
  migrate,
  newId,
  systemClock,
} from '@studio/infra';
import { findKind } from '@studio/kinds';
import { startProjectors } from '@studio/projectors';

import { aChain, aNode } from '../fixtures/engine.ts';
import { startTestPostgres } from '../fixtures/postgres.ts';
import type { Bench } from './bench.ts';
import { benchLine, type Measured, newMeasured } from './benchLine.ts';
import { oneStep } from './oneStep.ts';
import { openRawLoop, type RawLoop } from './rawLoop.ts';
import { alternate, type Step } from './slices.ts';

const stepsPerRun = 10;
const runsAtOnce = 64;
const sliceMs = Number(process.env['BENCH_SLICE_MS'] ?? 4_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);

const steps = (kind: string, config = {}): Definition =>
  aChain(Array.from({ length: stepsPerRun }, (_, index) => aNode(`step${index}`, kind, config)));

interface Parts {
  readonly log: EventLog;
  readonly keys: KeyRing;
  /** Resolves once the read models hold the position. */
  readonly projected: (position: bigint) => Promise<void>;
}

/** Starts a run and waits until its end is in the read models. */
const running = (
  { log, keys, projected }: Parts,
  definition: Definition,
  signal: AbortSignal,
): Step => {
  const definitionHash = createHash('sha256').update(JSON.stringify(definition)).digest('hex');
  const ends = new Map<StreamName, (position: bigint) => void>();
  const follow = async (): Promise<void> => {
    const range = { after: await log.lastPosition(), signal };
    for await (const { events } of log.subscribe(range, 'sealed'))
      for (const { type, stream, position } of events)
        if (type === 'WorkflowCompleted') ends.get(stream)?.(position);
  };
  void follow(); // ends with the signal
  return async () => {
    const executionId = newId() as ExecutionId; // a fresh id
    const keyId = await keys.reserve();
    const commandId = newId();
    const metadata = {
      ...{ correlationId: commandId, causationId: commandId, commandId, workspaceId: newId() },
      ...{ actor: { kind: 'user' as const, id: newId() }, schemaVersion: 1 },
      occurredAt: systemClock(),
    };
    const data = {
      ...{ executionId, keyId, definition, definitionHash, workflowId: newId() },
      ...{ workflowVersion: 1, workflowName: 'Bench', userId: newId(), engineVersion: 1 },
      ...{ triggerType: 'manual' as const, trigger: { n: 1 }, context: {}, priority: 0 },
      ...{ maxRetries: 3, totalNodes: definition.nodes.length },
    };
    const events = decideRun({ type: 'StartWorkflow', data }, initialRun).map(
      (event): NewEvent<ExecutionEvent> => ({ ...event, eventId: newId(), metadata }),
    );
    const stream = executionStream(executionId);
    const end = new Promise<bigint>((resolve) => ends.set(stream, resolve));
    await log.append(stream, 'no_stream', events, { run: keyId });
    await projected(await end);
    ends.delete(stream);
  };
};

/** The bytes that one step's events have in the log, as one row. */
const rowOfAStep = async (
  log: EventLog,
  store: { readStream: (s: StreamName) => Promise<readonly EventToAppend[]> },
): Promise<EventToAppend> => {
  const page = log.subscribe(
    { after: 0n, filter: { types: ['WorkflowCompleted'] }, signal: AbortSignal.timeout(10_000) },
    'sealed',
  );
  for await (const { events } of page) {
    const stream = events[0]?.stream;
    if (!stream) continue;
    const stored = (await store.readStream(stream)).slice(1, -1);
    const bytes = (pick: (event: EventToAppend) => string): number =>
      Math.round(stored.reduce((sum, event) => sum + pick(event).length, 0) / stepsPerRun);
    const text = (length: number): string => JSON.stringify('x'.repeat(Math.max(0, length - 2)));
    return {
      ...{ eventId: newId(), type: 'NodeCompleted' },
      ...{
        data: text(bytes(({ data }) => data)),
        metadata: text(bytes((event) => event.metadata)),
      },
    };
  }
  throw new Error('no run has ended yet');
};

const inserting =
  (raw: RawLoop, row: EventToAppend): Step =>
  async (writer) => {
    const stream = executionStream(newId() as ExecutionId); // a fresh id
    for (let revision = 0; revision < stepsPerRun; revision += 1)
      await raw.insert(writer, stream, revision, row);
  };

const inSteps = ({ rates, latenciesMs }: Measured): Measured => ({
  rates: rates.map((rate) => rate * stepsPerRun),
  latenciesMs,
});

const chains: Bench = async (report) => {
  const postgres = await startTestPostgres();
  const pool = createPool({ url: postgres.url, applicationName: 'bench', maxConnections: 8 });
  await migrate(pool);
  const rebuildable = createPool({
    ...{ url: postgres.url, applicationName: 'bench', plannerOptions: '-c synchronous_commit=off' },
  });
  const store = await createPostgresEventStore({ url: postgres.url });
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
    workbench: {
      ...{ findKind, expressions, deterministicId, http: { request: never } },
      models: { name: 'none', simulated: false, complete: never },
    },
  });
  const ending = new AbortController();
  const projected = async (position: bigint): Promise<void> => {
    await projectors.waitFor('executions', position, 60_000);
  };
  const parts: Parts = { log, keys, projected };
  const cases = [
    ['chain-durable', steps('noop')],
    ['chain-pure', steps('transform', { expression: 'input' })],
  ] as const;
  for (const [name, definition] of cases) {
    const step = running(parts, definition, ending.signal);
    await step(0);
    const row = await rowOfAStep(log, store);
    const raw = await openRawLoop(postgres.url, runsAtOnce);
    const [ours, theirs] = [newMeasured(), newMeasured()];
    const sides = [
      { step, into: ours },
      { step: inserting(raw, row), into: theirs },
    ];
    await alternate(sides, { writers: runsAtOnce, sliceMs, rounds });
    await raw.close();
    report(
      benchLine({
        ...{ bench: 'engine', case: name, concurrency: runsAtOnce, unit: 'steps/s' },
        baseline: `one row of ${row.data.length + row.metadata.length} bytes and one commit a step`,
        ...{ ours: inSteps(ours), theirs: inSteps(theirs) },
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

export const bench: Bench = async (report) => {
  await chains(report);
  await oneStep(report);
};
