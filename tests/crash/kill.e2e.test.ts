import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { createDigestFile, type DigestFile, notedDigests, unlikeReplays } from './digests.ts';
import {
  arrivalsOf,
  brokenPromises,
  eventfulNodes,
  factsOf,
  numbersFrom,
  saveChain,
  settleAll,
  startRun,
  verifyLog,
} from './proof.ts';

const entry = fileURLToPath(new URL('endingStudio.ts', import.meta.url));
const rounds = 20;
const runsARound = 6;

describe('a studio that is killed', () => {
  let studio: StudioProcess;
  let server: CountingServer;
  let digests: DigestFile;
  let person: Person;
  let workflowId: string;
  const acknowledged: string[] = [];

  const startSome = async (count: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: count }, async () => {
        const id = await startRun(person, workflowId);
        if (id !== null) acknowledged.push(id);
      }),
    );
  };

  /** Every other round is killed at any time, the rest once some runs were acknowledged. */
  const someAcknowledged = async (round: number): Promise<void> => {
    const enough = acknowledged.length + (round % 2) * 3;
    const deadline = performance.now() + 10_000;
    while (acknowledged.length < enough && performance.now() < deadline) await sleep(10);
  };

  const checkAll = async (): Promise<void> => {
    await settleAll(person, acknowledged);
    for (const id of acknowledged) {
      const facts = await factsOf(person, id);
      expect(brokenPromises(facts, arrivalsOf(server, id))).toEqual([]);
    }
  };

  beforeAll(async () => {
    server = await startCountingServer();
    for (const path of ['/read', '/pay', '/tell']) server.behave(path, { delayMs: 25 });
    digests = await createDigestFile();
    studio = await createStudio({ entry, env: { DIGESTS: digests.path } });
    await studio.start();
    person = await signIn(studio, 'crash@example.com');
    workflowId = await saveChain(person, eventfulNodes(server.url));
  });
  afterAll(async () => {
    await studio.remove();
    await server.close();
    await digests.remove();
  });

  it(`loses nothing it acknowledged and doubles nothing, ${rounds} times in a row`, async () => {
    const below = numbersFrom(20_261_123);
    for (let round = 0; round < rounds; round += 1) {
      const starting = startSome(runsARound);
      await someAcknowledged(round);
      await sleep(below(400));
      await studio.kill();
      await starting;
      await studio.start();
    }
    expect(acknowledged.length).toBeGreaterThan(rounds);
    await checkAll();
  });

  it('loses nothing when its Postgres alone is killed', async () => {
    const home = studio.postgresHome();
    if (home === null) return; // a database of someone else's is not ours to kill
    const before = acknowledged.length;
    const starting = startSome(runsARound);
    await sleep(120);
    const pid = Number(
      (await readFile(join(home, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0],
    );
    process.kill(pid, 'SIGKILL');
    await starting;
    const deadline = performance.now() + 120_000;
    while (acknowledged.length < before + 2 && performance.now() < deadline) {
      await startSome(2);
      await sleep(100);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(before + 2);
    await checkAll();
  });

  it('had, at every fact, the very state that a replay of it has', async () => {
    const noted = await notedDigests(digests.path);
    const known = new Set(noted.map(({ executionId }) => executionId));
    expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
    expect(await unlikeReplays(person, noted)).toEqual([]);
  });

  it('keeps a chain in which every event verifies', async () => {
    expect(await verifyLog(studio.databaseUrl())).toBeGreaterThan(acknowledged.length * 5);
  });
});
