import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { canvasNode, chain, save, start } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { type BenchLine, benchLine, newMeasured } from './benchLine.ts';
import { inspected, residentOnceCollected } from './collected.ts';
import { residentMb } from './resident.ts';

const many = 10_000;
const startedAtOnce = 16;

interface Bench {
  readonly studio: StudioProcess;
  readonly person: Person;
  readonly database: Client;
}

const withStudio = async (use: (bench: Bench) => Promise<void>): Promise<void> => {
  const studio = await createStudio({ env: { LOG_LEVEL: 'ERROR', ...inspected } });
  await studio.start();
  const database = new Client({ connectionString: studio.databaseUrl() });
  await database.connect();
  try {
    await use({ studio, person: await signIn(studio, 'bench@example.com'), database });
  } finally {
    await database.end();
    await studio.remove();
  }
};

const factsOfType = async (database: Client, type: string): Promise<number> => {
  const counted = 'select count(*)::int as facts from log.events where type = $1';
  const { rows } = await database.query<{ facts: number }>(counted, [type]);
  return rows[0]?.facts ?? 0;
};

const recorded = async (database: Client, type: string, facts: number): Promise<void> => {
  while ((await factsOfType(database, type)) < facts) await sleep(200);
};

/** What 10,000 runs that wait for a timer hold of memory, over that of the same studio at rest. */
export const waitingRuns = (report: (line: BenchLine) => void): Promise<void> =>
  withStudio(async ({ studio, person, database }) => {
    const wait = canvasNode('wait', 'delay', { durationMs: 86_400_000 });
    const workflow = await save(person, chain(canvasNode('begin', 'manual-trigger'), wait));
    await sleep(3_000);
    const idleMb = await residentOnceCollected(studio);
    const ours = newMeasured();
    const begun = performance.now();
    let left = many;
    const starting = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const at = performance.now();
        await start(person, workflow);
        ours.latenciesMs.push(performance.now() - at);
      }
    };
    await Promise.all(Array.from({ length: startedAtOnce }, starting));
    ours.rates.push(many / ((performance.now() - begun) / 1_000));
    await recorded(database, 'TimerSet', many);
    await sleep(5_000);
    const mb = await residentMb(studio.pid());
    const heldMb = await residentOnceCollected(studio);
    const line = benchLine({
      ...{ bench: 'engine', case: 'waiting-10000', concurrency: startedAtOnce, unit: 'starts/s' },
      ...{
        baseline: `none; at rest it holds ${idleMb} MB, and ${mb} before garbage is collected`,
        ours,
        theirs: ours,
      },
    });
    report({ ...line, rss_mb: heldMb, added_rss_mb: heldMb - idleMb });
  });

/** Iterations a second, by the times at which their outcomes were recorded. */
const ratesOfTenths = async (database: Client): Promise<readonly number[]> => {
  const { rows } = await database.query<{ at: string }>(
    `select (metadata::json)->>'occurredAt' as at from log.events
      where type = 'NodeCompleted' and (data::json)->>'nodeId' = 'body' order by position`,
  );
  const times = rows.map(({ at }) => Date.parse(at));
  const tenth = Math.floor(times.length / 10);
  return Array.from({ length: 10 }, (_, index) => {
    const [from = 0, to = 0] = [times[index * tenth], times[(index + 1) * tenth - 1]];
    return (tenth - 1) / ((to - from) / 1_000);
  });
};

/** 10,000 iterations one after another in one run: the last tenth of them against the first. */
export const iterations = (report: (line: BenchLine) => void): Promise<void> =>
  withStudio(async ({ studio, person, database }) => {
    const each = canvasNode('each', 'for-each', { items: '{{ trigger.items }}', window: 1 });
    const body = canvasNode('body', 'noop');
    const { nodes, connections } = chain(canvasNode('begin', 'manual-trigger'), each);
    const inside = { ...body, data: { ...body.data, parent: 'each' } };
    const workflow = await save(person, { nodes: [...nodes, inside], connections });
    await start(person, workflow, { items: Array.from({ length: many }, (_, index) => index) });
    await recorded(database, 'WorkflowCompleted', 1);
    const rates = await ratesOfTenths(database);
    const [ours, theirs] = [newMeasured(), newMeasured()];
    ours.rates.push(rates.at(-1) ?? Number.NaN);
    theirs.rates.push(rates[0] ?? Number.NaN);
    ours.latenciesMs.push(...rates.map((rate) => 1_000 / rate));
    const line = benchLine({
      ...{ bench: 'engine', case: 'iterations-10000', concurrency: 1, unit: 'iterations/s' },
      ...{ baseline: 'the first tenth of the same run', ours, theirs },
    });
    report({ ...line, rss_mb: await residentMb(studio.pid()) });
  });
