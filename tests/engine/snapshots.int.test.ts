import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type EventLog,
  type ExecutionEvent,
  type ExecutionId,
  executionStream,
  type KeyId,
  type Snapshots,
} from '@studio/contracts';
import { foldRun, initialRun } from '@studio/domain';
import { createExpressions, type Executor, startExecutor } from '@studio/executor';
import {
  createEngineIndex,
  createPermitTable,
  createShardTable,
  createSnapshotTable,
  deterministicId,
  newId,
} from '@studio/infra';
import { findKind } from '@studio/kinds';

import { aChain, aNode, digestOf } from '../fixtures/engine.ts';
import { newStory, type Story, workflowStarted } from '../fixtures/facts.ts';
import { long, rounds } from '../fixtures/length.ts';
import { startStudioLog, type StudioLog } from '../fixtures/studioLog.ts';

let studio: StudioLog;
let snapshots: Snapshots;
const expressions = createExpressions();
const errors: string[] = [];

beforeAll(async () => {
  studio = await startStudioLog();
  snapshots = createSnapshotTable(studio.pool, studio.keys);
});
afterAll(async () => {
  await expressions.close();
  await studio.stop();
  expect(errors).toEqual([]);
});

interface Launched {
  readonly executor: Executor;
  /** Facts that it read of streams. */
  readonly read: () => number;
  /** How far it has heard the log's tail. */
  readonly heard: () => bigint;
}

/** An executor that counts what it reads and tells the digest of each state that it appends to; it may hear of the log late. */
const launch = async (
  digests: string[] = [],
  tailMayCome: Promise<unknown> = Promise.resolve(),
): Promise<Launched> => {
  let read = 0;
  let heard = 0n;
  const tail: EventLog['subscribe'] = async function* (...asked) {
    await tailMayCome;
    for await (const batch of studio.log.subscribe(...asked)) {
      yield batch;
      heard = batch.upTo;
    }
  };
  const log: EventLog = {
    ...studio.log,
    subscribe: (range, ...form) =>
      range.subscriber === 'executor' ? tail(range, ...form) : studio.log.subscribe(range, ...form),
    readStream: async (...asked) => {
      const events = await studio.log.readStream(...asked);
      read += events.length;
      return events;
    },
  };
  const executor = await startExecutor({
    ...{ log, newId, alone: true, maxEffects: 4, snapshots },
    ...{ index: createEngineIndex(studio.pool), shards: createShardTable(studio.pool) },
    permits: createPermitTable(studio.pool),
    workbench: {
      ...{ findKind, expressions, deterministicId },
      pseudonym: (text) => text,
      people: { accountOf: () => Promise.reject(new Error('no part of this test')) },
      http: { request: () => Promise.reject(new Error('no part of this test')) },
      models: {
        ...{ name: 'none', simulated: true },
        complete: () => Promise.reject(new Error('no part of this test')),
      },
    },
    onFacts: (before) => digests.push(digestOf(before)),
    onError: (error, where) => errors.push(`${where}: ${String(error)}`),
  });
  return { executor, read: () => read, heard: () => heard };
};

const until = async <Found>(look: () => Promise<Found | null>): Promise<Found> => {
  const deadline = performance.now() + 240_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`never: ${errors.join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const rowOf = async ({ executionId }: Story) => {
  const { rows } = await studio.pool.query<{ revision: string; text: string }>(
    'select revision, row_to_json(s)::text as text from engine.snapshots s where stream = $1',
    [executionStream(executionId)],
  );
  return rows[0] ?? null;
};

const pairs = (count: number): ExecutionEvent[] =>
  Array.from({ length: count }, (): ExecutionEvent[] => [
    { type: 'WorkflowResumed', data: {} },
    { type: 'WorkflowPaused', data: { reason: null } },
  ]).flat();

/** A run that stands still after so many facts, its first node not begun. */
const longRun = async (facts: number, keyId: KeyId): Promise<Story> => {
  const story = newStory(keyId);
  const definition = aChain([aNode('first', 'transform', { expression: '1 + 1' })]);
  await studio.happened(story, workflowStarted(story, definition, { name: 'Ada' }), {
    type: 'WorkflowPaused',
    data: { reason: 'Ada said so' },
  });
  for (let left = facts - 2; left > 0; left -= 1_000)
    await studio.happened(story, ...pairs(Math.min(left, 1_000) / 2));
  return story;
};

/** The state of the run folded from all its facts. */
const foldedDigest = async (id: ExecutionId, upTo: number): Promise<string> => {
  let run = initialRun;
  while (run.revision < upTo) {
    const facts = await studio.log.readStream(executionStream(id), { from: run.revision + 1 });
    // A run's stream holds nothing else.
    run = foldRun(run, facts.slice(0, upTo - run.revision) as Parameters<typeof foldRun>[1]);
  }
  return digestOf(run);
};

/** An executor reads the run and keeps its fold. */
const snapshotOf = async (story: Story) => {
  const { executor } = await launch();
  const row = await until(() => rowOf(story));
  await executor.stop(0);
  return row;
};

/** Lets the run go on under a new executor, and tells how that came to its first fact. */
const goOn = async (story: Story) => {
  const stream = executionStream(story.executionId);
  const before = await studio.happened(story, { type: 'WorkflowResumed', data: {} });
  const digests: string[] = [];
  const began = performance.now();
  const { executor, read } = await launch(digests);
  await until(async () => {
    const head = await studio.log.head(stream);
    return head && head.revision > before.revision ? head : null;
  });
  const ms = Math.round(performance.now() - began);
  await executor.stop(1_000);
  expect(digests[0]).toBe(await foldedDigest(story.executionId, before.revision));
  return { read: read(), ms };
};

const veryMany = rounds(20_000, 100_000);
it(`lets a run of ${veryMany} facts go on without reading them`, async () => {
  const story = await longRun(veryMany, await studio.keys.reserve());
  const row = await snapshotOf(story);
  expect(Number(row.revision)).toBe(veryMany - 1);
  expect(row.text).not.toContain('Ada');
  const { read, ms } = await goOn(story);
  console.log(`a run of ${veryMany} facts went on ${ms} ms after its executor had begun to start`);
  expect(read).toBeLessThan(3_000);
});

it('reads an ended run no second time, however late the tail of the log brings its facts', async () => {
  const story = await longRun(12_000, await studio.keys.reserve());
  await snapshotOf(story);
  await studio.happened(story, { type: 'WorkflowResumed', data: {} });
  const tail = Promise.withResolvers<undefined>();
  const { executor, read, heard } = await launch([], tail.promise);
  const end = await until(async () => {
    const head = await studio.log.head(executionStream(story.executionId));
    return head && head.revision > 12_000 && executor.liveRuns() === 0 ? head : null;
  });
  tail.resolve(undefined);
  await until(async () => (heard() >= end.position ? true : null));
  await until(async () => (executor.liveRuns() === 0 ? true : null));
  await executor.stop(0);
  expect(read()).toBeLessThan(3_000);
});

const unlike = [
  ['another revision', 'revision = revision - 2'],
  ['another hash', "hash = repeat('0', 64)"],
  ['another version of the fold', "state_version = 'older'"],
  ['other bytes', 'sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20))'],
  ['another stream', "stream = 'execution-another'"],
] as const;
it.each(long ? unlike : unlike.slice(1, 3))(
  'does not believe a snapshot of %s',
  async (_name, change) => {
    const story = await longRun(6_000, await studio.keys.reserve());
    await snapshotOf(story);
    await studio.pool.query(`update engine.snapshots set ${change} where stream = $1`, [
      executionStream(story.executionId),
    ]);
    expect((await goOn(story)).read).toBeGreaterThanOrEqual(6_000);
    await studio.pool.query('delete from engine.snapshots');
  },
);

it('keeps none of a short run, and none once a run has ended or was forgotten', async () => {
  const short = await longRun(500, await studio.keys.reserve());
  const ample = await longRun(6_000, await studio.keys.reserve());
  await snapshotOf(ample);
  expect(await rowOf(short)).toBeNull();
  const { executor } = await launch();
  await studio.keys.forget(ample.keyId);
  expect(
    await createSnapshotTable(studio.pool, studio.keys).read(
      executionStream(ample.executionId),
      'whichever',
    ),
  ).toBeNull();
  await studio.append(ample, executionStream(ample.executionId), [
    { type: 'DataErased', data: { executionId: ample.executionId, keyId: ample.keyId } },
  ]);
  await until(async () => ((await rowOf(ample)) === null ? true : null));
  await executor.stop(0);
});
