import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { long } from '../fixtures/length.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { createDigestFile, type DigestFile, notedDigests, unlikeReplays } from './digests.ts';
import {
  arrivalsOf,
  brokenPromises,
  eventfulNodes,
  type Fact,
  factsOf,
  saveChain,
  settleAll,
  startRun,
  verifyLog,
} from './proof.ts';
import { checkpointOf, openInIndex, rowsAndRebuild } from './rebuilding.ts';

const entry = fileURLToPath(new URL('endingStudio.ts', import.meta.url));
const runsARound = 3;
/** The nodes at whose facts it ends: all of them when the proofs are long. */
const nodes = long ? ['pay', 'tell'] : ['tell'];

/** A run after all was settled, and what the outside world saw of it. */
interface Told {
  readonly facts: readonly Fact[];
  readonly arrivals: ReturnType<typeof arrivalsOf>;
}
const has = ({ facts }: Told, type: string, node: string): boolean =>
  facts.some((fact) => fact.type === type && fact.data['nodeId'] === node);
const attempts = ({ facts }: Told, node: string): number =>
  facts.filter(({ type, data }) => type === 'NodeStarted' && data['nodeId'] === node).length;

describe('a studio that ends at a named instant', () => {
  let studio: StudioProcess;
  let server: CountingServer;
  let digests: DigestFile;
  let person: Person;
  let workflowId: string;
  const runs: string[] = [];

  const start = (round: string) =>
    Promise.all(
      Array.from({ length: runsARound }, (_, index) =>
        startRun(person, workflowId, `${round}:${index}`),
      ),
    );

  /** Where the studio said that it ends: the position of what it had just done, if that has one. */
  const endedAt = async (): Promise<bigint | null> => {
    expect(await studio.exited()).toBeNull(); // by a signal, so without a code
    const deadline = performance.now() + 60_000; // a pipe may be read after the end of who wrote into it
    for (;;) {
      const said = /Ends at \w+, position (\d+|null)\n/.exec(studio.output())?.[1];
      if (said !== undefined) return said === 'null' ? null : BigInt(said);
      if (performance.now() > deadline) throw new Error('it ended elsewhere');
      await sleep(10);
    }
  };

  /** Starts runs, lets the studio end, starts it again, settles all, and looks for broken promises. */
  const endAt = async (instant: string) => {
    // On a Postgres of someone else's the next studio has to wait for the leases of one that was killed.
    await (studio.postgresHome() === null ? studio.stop() : studio.kill());
    await studio.start({ END_AT: instant });
    const acknowledged = await start(instant);
    const position = await endedAt();
    const checkpoint = await checkpointOf(studio.databaseUrl());
    await studio.start();
    // Asked again: who was answered hears of the same run, who was not of the one that is on disk, if any.
    const ids = (await start(instant)).map(String);
    expect(new Set(ids).size).toBe(runsARound);
    for (const [index, id] of acknowledged.entries()) expect([null, ids[index]]).toContain(id);
    runs.push(...ids);
    await settleAll(person, ids);
    const told: Told[] = [];
    for (const id of ids) {
      const facts = await factsOf(person, id);
      const arrivals = arrivalsOf(server, id);
      expect(brokenPromises(facts, arrivals)).toEqual([]);
      told.push({ facts, arrivals });
    }
    return { told, acknowledged, checkpoint, position };
  };

  beforeAll(async () => {
    server = await startCountingServer();
    digests = await createDigestFile();
    studio = await createStudio({ ownPostgres: true, entry, env: { DIGESTS: digests.path } });
    await studio.start();
    person = await signIn(studio, 'instants@example.com');
    workflowId = await saveChain(person, eventfulNodes(server.url));
  });
  afterAll(async () => {
    await studio.remove();
    await server.close();
    await digests.remove();
  });

  it('keeps a run that is on disk although its client had no answer', async () => {
    const { told, acknowledged, position } = await endAt('opening:-');
    const isKept = (fact: Fact): boolean => fact.position.endsWith(`:${String(position)}`);
    const kept = told.findIndex(({ facts }) => facts.some(isKept));
    expect(acknowledged[kept]).toBeNull();
  });

  const instants: readonly [string, string, (told: Told) => boolean][] = [
    [
      'intent:pay',
      'doubts an unsafe call that had not begun, and does not make it',
      (run) => has(run, 'NodeInDoubt', 'pay') && run.arrivals.pay.length === 0,
    ],
    [
      'intent:tell',
      'makes a repeatable call that had not begun',
      (run) => attempts(run, 'tell') === 2 && run.arrivals.tell.length === 1,
    ],
    [
      'effect:pay',
      'doubts an unsafe call whose answer it lost, and does not repeat it',
      (run) => has(run, 'NodeInDoubt', 'pay') && run.arrivals.pay.length === 1,
    ],
    [
      'effect:tell',
      'repeats a repeatable call whose answer it lost',
      (run) => attempts(run, 'tell') === 2 && run.arrivals.tell.length === 2,
    ],
    [
      'outcome:pay',
      'goes on after the outcome of an unsafe call',
      (run) => !has(run, 'NodeInDoubt', 'pay') && run.arrivals.pay.length === 1,
    ],
    [
      'outcome:tell',
      'goes on after the outcome of a repeatable call',
      (run) => attempts(run, 'tell') === 1 && attempts(run, 'done') === 2,
    ],
  ];
  const short = ['effect:pay'];
  it.each(instants.filter(([instant]) => long || short.includes(instant)))(
    'at %s: %s',
    async (instant, _, shows) => {
      const { told } = await endAt(instant);
      expect(told.filter(shows).length).toBeGreaterThan(0);
    },
  );

  it.each(long ? ['checkpoint', 'rows'] : ['rows'])(
    'writes both or neither when it ends at %s',
    async (instant) => {
      for (const node of nodes) {
        const { checkpoint, position } = await endAt(`${instant}:${node}`);
        expect(checkpoint).toBeLessThan(position ?? 0n);
      }
    },
  );

  (long ? it : it.skip)('has both when it ends after their commit', async () => {
    for (const node of nodes) {
      const { checkpoint, position } = await endAt(`commit:${node}`);
      expect(checkpoint).toBe(position);
    }
  });

  it("brings every run on when it ends while its engine's index is written", async () => {
    for (const node of nodes) await endAt(`index:${node}`);
    expect(await openInIndex(studio)).toBe(0n);
  });

  it('shows what a rebuild from zero shows', async () => {
    const { rows, rebuilt } = await rowsAndRebuild(studio);
    expect(rows['executions']).toHaveLength(runs.length);
    expect(rebuilt).toEqual(rows);
  });

  it('had, at every fact, the very state that a replay of it has', async () => {
    const noted = await notedDigests(digests.path);
    expect(new Set(noted.map(({ executionId }) => executionId)).size).toBe(runs.length);
    expect(await unlikeReplays(person, noted)).toEqual([]);
  });

  it('keeps a chain in which every event verifies', async () => {
    expect(await verifyLog(studio.logAddress())).toBeGreaterThan(runs.length * 5);
  });
});
