import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import {
  createStudio,
  logOfItsOwn,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
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

const entry = fileURLToPath(new URL('endingStudio.ts', import.meta.url));
const takenOverWithinMs = 8_000;

const about = (facts: readonly Fact[], type: string, nodeId: string): readonly Fact[] =>
  facts.filter((fact) => fact.type === type && fact.data['nodeId'] === nodeId);
const until = async (holds: () => Promise<boolean> | boolean, what: string): Promise<void> => {
  const deadline = performance.now() + 120_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`never: ${what}`);
    await sleep(20);
  }
};

describe('two studios on one Postgres, when the one that owns the runs stands still', () => {
  let postgres: TestPostgres;
  let server: CountingServer;
  let digests: DigestFile;
  let owner: StudioProcess;
  let other: StudioProcess;
  let person: Person;
  /** Its repeatable call is answered, and the outcome is about to be appended. */
  let repeatable: string;
  /** Its unsafe call is under way. */
  let unsafe: string;
  let stoodStillAt: number;

  const arrived = (path: 'pay' | 'tell', id: string): Promise<void> =>
    until(() => arrivalsOf(server, id)[path].length > 0, `${path} is called`);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    server = await startCountingServer();
    digests = await createDigestFile();
    const shared = {
      DATABASE_URL: postgres.url,
      SECRET_KEY: randomBytes(32).toString('hex'),
      DIGESTS: digests.path,
      ...logOfItsOwn(),
    };
    const env = { ...shared, STAND_STILL_AT: 'tell' };
    owner = await createStudio({ entry, env, embedded: true });
    other = await createStudio({ entry, env: shared, embedded: true });
    await owner.start();
    await other.start(); // finds every shard held
    person = await signIn(other, 'leases@example.com');
    const workflowId = await saveChain(person, eventfulNodes(server.url));
    // The first payment is answered when the owner stands still, and before the other one takes over.
    server.behave('/pay', (n) => (n === 0 ? { delayMs: 5_000 } : {}));
    unsafe = String(await startRun(person, workflowId));
    await arrived('pay', unsafe);
    repeatable = String(await startRun(person, workflowId));
    await until(() => owner.output().includes('Stands still with tell'), 'the owner stands still');
    stoodStillAt = Date.now();
  });
  afterAll(async () => {
    process.kill(owner.pid(), 'SIGCONT');
    await Promise.all([owner.remove(), other.remove()]);
    await server.close();
    await postgres.stop();
    await digests.remove();
  });

  it('lets the other one take over in time', async () => {
    const has = async (id: string, type: string): Promise<boolean> =>
      (await factsOf(person, id)).at(-1)?.type === type;
    await until(
      async () =>
        (await has(repeatable, 'WorkflowCompleted')) && (await has(unsafe, 'NodeInDoubt')),
      'the other one has taken over',
    );
    const taken = [
      ...about(await factsOf(person, repeatable), 'NodeStarted', 'tell').slice(1),
      ...about(await factsOf(person, unsafe), 'NodeInDoubt', 'pay'),
    ];
    expect(taken).toHaveLength(2);
    for (const { metadata } of taken)
      expect(Date.parse(metadata.occurredAt) - stoodStillAt).toBeLessThan(takenOverWithinMs);
  });

  it('does not count the outcome that the first one brings when it goes on', async () => {
    const before = [await factsOf(person, repeatable), await factsOf(person, unsafe)];
    process.kill(owner.pid(), 'SIGCONT');
    await until(() => owner.output().includes('Refused: append.conflict'), 'the log refuses it');
    await sleep(1_000); // whatever else it may have to say
    const after = [await factsOf(person, repeatable), await factsOf(person, unsafe)];
    const counts = ({ type }: Fact): boolean => type !== 'LateOutcomeRecorded';
    expect(after.map((facts) => facts.filter(counts))).toEqual(before);

    const [facts = []] = after;
    const [first, second] = about(facts, 'NodeStarted', 'tell');
    const [outcome] = about(facts, 'NodeCompleted', 'tell');
    expect(outcome?.data['attempt']).toBe(2);
    expect(outcome?.metadata.actor).toEqual(second?.metadata.actor);
    expect(outcome?.metadata.actor).not.toEqual(first?.metadata.actor);
  });

  it('doubles no unsafe call, and repeats under one key', async () => {
    expect(await settleAll(person, [unsafe, repeatable])).toBe(1);
    for (const id of [unsafe, repeatable])
      expect(brokenPromises(await factsOf(person, id), arrivalsOf(server, id))).toEqual([]);
    expect(arrivalsOf(server, unsafe).pay).toHaveLength(1);
    expect(arrivalsOf(server, repeatable).tell).toHaveLength(2);
  });

  it('leaves histories that verify, and replays with the states that each engine had', async () => {
    const noted = await notedDigests(digests.path);
    expect(new Set(noted.map(({ executionId }) => executionId))).toEqual(
      new Set([unsafe, repeatable]),
    );
    expect(await unlikeReplays(person, noted)).toEqual([]);
    expect(await verifyLog(other.logAddress())).toBeGreaterThan(20);
  });
});
