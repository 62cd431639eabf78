import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { EventLog, KeyId } from '@studio/contracts';
import { add, insert, type RowChange, table } from '@studio/infra';
import { type Projection, projection, type Projectors, startProjectors } from '@studio/projectors';

import { chain, newStory, nodeCompleted, type Story, workflowStarted } from '../fixtures/facts.ts';
import { startStudioLog, type StudioLog } from '../fixtures/studioLog.ts';
import { until } from '../http/until.ts';

let studio: StudioLog;
let keyId: KeyId;
let names = 0;
const running: Projectors[] = [];

beforeAll(async () => {
  studio = await startStudioLog();
  keyId = await studio.keys.reserve();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});
afterAll(() => studio.stop());

interface Sample {
  readonly projection: Projection;
  readonly table: string;
}

/** A projection of its own for each test: how often did a run's nodes complete? */
const sample = (
  more: {
    name?: string;
    version?: number;
    poison?: () => boolean;
    onCompleted?: (id: string) => RowChange[];
  } = {},
): Sample => {
  const name = more.name ?? `sample_${(names += 1)}`;
  const counts = table({
    name,
    key: ['id'],
    columns: { id: 'id', note: 'text', completed: 'count' },
  });
  const idOf = (stream: string): string => stream.slice('execution-'.length);
  return {
    table: `read.${name}`,
    projection: projection({
      name,
      version: more.version ?? 1,
      tables: [counts],
      on: {
        WorkflowStarted: ({ data }) => [
          insert(counts, { id: data.executionId, note: `v${more.version ?? 1}` }),
        ],
        NodeCompleted: ({ stream, data }) => {
          if (data.nodeId === 'poison' && more.poison?.() !== false) throw new RangeError('poison');
          if (data.nodeId === 'nul')
            return [insert(counts, { id: idOf(stream), note: 'a\u0000b' })];
          return [add(counts, { id: idOf(stream) }, { completed: 1 })];
        },
      },
    }),
  };
};

const start = async (
  projections: readonly Projection[],
  log: EventLog = studio.log,
  onTrouble: (error: unknown) => void = () => undefined,
): Promise<Projectors> => {
  const pace = { standbyLook: 50, standbyPatience: 300 };
  const projectors = await startProjectors({
    pool: studio.pool,
    log,
    onTrouble,
    projections,
    pace,
  });
  running.push(projectors);
  return projectors;
};

const settle = async (projectors: Projectors, { projection: { name } }: Sample): Promise<void> => {
  expect(await projectors.waitFor(name, await studio.log.lastPosition(), 60_000)).toBe(true);
};

const completedOf = async (at: Sample | string, story: Story): Promise<number> => {
  const place = typeof at === 'string' ? at : at.table;
  const { rows } = await studio.pool.query<{ completed: string }>(
    `select completed from ${place} where id = $1`,
    [story.executionId],
  );
  return Number(rows[0]?.completed ?? -1);
};

const runOf = async (...nodes: readonly string[]): Promise<Story> => {
  const story = newStory(keyId);
  await studio.happened(
    story,
    workflowStarted(story, chain('a')),
    ...nodes.map((id) => nodeCompleted(id)),
  );
  return story;
};

it('does not count twice what the log delivers twice', async () => {
  const counts = sample();
  const story = await runOf('a', 'b');
  const twice: EventLog = {
    ...studio.log,
    subscribe: async function* (range, reading) {
      for await (const batch of studio.log.subscribe(range, reading)) {
        yield batch;
        yield batch;
      }
    },
  };
  const projectors = await start([counts.projection], twice);
  await settle(projectors, counts);
  await studio.happened(story, nodeCompleted('c'));
  await settle(projectors, counts);
  expect(await completedOf(counts, story)).toBe(3);
});

it('writes rows and checkpoint together or not at all', async () => {
  const counts = sample();
  const story = await runOf('a');
  const projectors = await start([counts.projection]);
  await settle(projectors, counts);
  // The checkpoint is the last thing that this trigger lets through: the rows were written before it failed.
  const { name } = counts.projection;
  await studio.pool.query(`create function read.break_${name}() returns trigger language plpgsql as
    $$ begin raise exception 'crash' using errcode = '57P01'; end $$`);
  await studio.pool.query(`create constraint trigger broken after update on ${counts.table}_v1
    deferrable initially deferred for each row execute function read.break_${name}()`);
  await studio.happened(story, nodeCompleted('b'));
  await sleep(300);
  expect(await completedOf(counts, story)).toBe(1);
  await studio.pool.query(`drop trigger broken on ${counts.table}_v1`);
  await settle(projectors, counts);
  expect(await completedOf(counts, story)).toBe(2);
});

it('lets one of two runners write, and the other take over', async () => {
  const counts = sample();
  const first = await start([counts.projection]);
  const second = await start([counts.projection]);
  const stories = await Promise.all(Array.from({ length: 30 }, () => runOf('a', 'b', 'c')));
  await settle(first, counts);
  await settle(second, counts);
  for (const story of stories) expect(await completedOf(counts, story)).toBe(3);
  await first.stop();
  const later = await runOf('a');
  await settle(second, counts);
  await second.stop();
  expect(await completedOf(counts, later)).toBe(1);
  const third = await start([counts.projection]);
  const last = await runOf('a');
  await settle(third, counts);
  expect(await completedOf(counts, last)).toBe(1);
});

it('parks the stream of a poison event and goes on with the rest', async () => {
  const counts = sample({ poison: () => true });
  const ill = await runOf('a', 'poison', 'b');
  const refused = await runOf('a', 'nul', 'b'); // refused by the database, not by the handler
  const well = await runOf('a', 'b');
  const projectors = await start([counts.projection]);
  await settle(projectors, counts);
  await studio.happened(ill, nodeCompleted('c'));
  await studio.happened(well, nodeCompleted('c'));
  await settle(projectors, counts);
  expect(await completedOf(counts, well)).toBe(3);
  expect(await completedOf(counts, ill)).toBe(1);
  expect(await completedOf(counts, refused)).toBe(1);
  expect(await projectors.positions()).toMatchObject([{ parkedStreams: 2, lagMs: 0 }]);
  const { rows } = await studio.pool.query(
    'select revision, reason from read.parked where name = $1 and stream = $2 order by revision',
    [counts.projection.name, `execution-${ill.executionId}`],
  );
  expect(rows).toEqual([
    { revision: '2', reason: 'RangeError' },
    { revision: '3', reason: null },
    { revision: '4', reason: null },
  ]);
});

it('takes parked events in order once the projection can', async () => {
  let isPoison = true;
  const counts = sample({ poison: () => isPoison });
  const ill = await runOf('a', 'poison', 'b');
  const projectors = await start([counts.projection]);
  await settle(projectors, counts);
  const parked = async (): Promise<unknown> =>
    (
      await studio.pool.query('select 1 from read.parked where name = $1 and stream = $2', [
        counts.projection.name,
        `execution-${ill.executionId}`,
      ])
    ).rowCount;
  expect(await parked()).toBe(2);
  isPoison = false;
  await projectors.retryParked(counts.projection.name);
  expect(await completedOf(counts, ill)).toBe(3);
  expect(await parked()).toBe(0);
});

it('rebuilds into fresh tables while the old ones are read', async () => {
  const counts = sample();
  const story = await runOf('a', 'b');
  const projectors = await start([counts.projection]);
  await settle(projectors, counts);
  await studio.pool.query(`update ${counts.table}_v1 set completed = 77 where id = $1`, [
    story.executionId,
  ]);
  expect(await completedOf(counts, story)).toBe(77);
  let reads = 0;
  const rebuilding = new AbortController();
  const reading = (async () => {
    for (; !rebuilding.signal.aborted; reads += 1)
      expect([2, 77]).toContain(await completedOf(counts, story));
  })();
  await projectors.rebuild(counts.projection.name);
  rebuilding.abort();
  await reading;
  expect(reads).toBeGreaterThan(0);
  expect(await completedOf(counts, story)).toBe(2);
  await studio.happened(story, nodeCompleted('c'));
  await settle(projectors, counts);
  expect(await completedOf(counts, story)).toBe(3);
  expect((await projectors.positions())[0]?.generation).toBe('v1b1');
  const { rows } = await studio.pool.query(`select to_regclass('${counts.table}_v1') as old`);
  expect(rows).toEqual([{ old: null }]);
});

it('fills the tables of a new version, then lets the views switch', async () => {
  const old = sample();
  const story = await runOf('a');
  const before = await start([old.projection]);
  await settle(before, old);
  await before.stop();
  const next = sample({ name: old.projection.name, version: 2 });
  const after = await start([next.projection]);
  const note = async (): Promise<unknown> =>
    (await studio.pool.query(`select note from ${next.table} where id = $1`, [story.executionId]))
      .rows[0];
  await until(async () => {
    expect(await note()).toBeDefined();
    const [{ generation } = { generation: '' }] = await after.positions();
    return generation === 'v2';
  });
  expect(await note()).toEqual({ note: 'v2' });
});
