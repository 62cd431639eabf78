import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import {
  arrivalsOf,
  eventfulNodes,
  factsOf,
  numbersFrom,
  outcomesPerNode,
  saveChain,
  settleAll,
  startRun,
  verifyLog,
} from './proof.ts';

const rounds = 20;
const runsARound = 6;

describe('a studio that is killed', () => {
  let studio: StudioProcess;
  let server: CountingServer;
  let person: Person;
  let workflowId: string;
  const acknowledged: string[] = [];

  const startSome = async (count: number): Promise<void> => {
    const ids = await Promise.all(
      Array.from({ length: count }, () => startRun(person, workflowId)),
    );
    acknowledged.push(...ids.filter((id) => id !== null));
  };

  const checkAll = async (): Promise<void> => {
    await settleAll(person, acknowledged);
    for (const id of acknowledged) {
      const outcomes = [...outcomesPerNode(await factsOf(person, id)).values()];
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.every((count) => count === 1)).toBe(true);
      const { read, pay, tell } = arrivalsOf(server, id);
      expect(read.length).toBeGreaterThanOrEqual(1);
      expect(pay.length).toBeLessThanOrEqual(1);
      expect(new Set(tell.map(({ idempotencyKey }) => idempotencyKey)).size).toBeLessThanOrEqual(1);
    }
  };

  beforeAll(async () => {
    server = await startCountingServer();
    for (const path of ['/read', '/pay', '/tell']) server.behave(path, { delayMs: 25 });
    studio = await createStudio();
    await studio.start();
    person = await signIn(studio, 'crash@example.com');
    workflowId = await saveChain(person, eventfulNodes(server.url));
  });
  afterAll(async () => {
    await studio.remove();
    await server.close();
  });

  it(`loses nothing it acknowledged and doubles nothing, ${rounds} times in a row`, async () => {
    const below = numbersFrom(20_261_123);
    for (let round = 0; round < rounds; round += 1) {
      const starting = startSome(runsARound);
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
    const deadline = performance.now() + 20_000;
    while (acknowledged.length < before + 2 && performance.now() < deadline) {
      await startSome(2);
      await sleep(100);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(before + 2);
    await checkAll();
  });

  it('keeps a chain in which every event verifies', async () => {
    expect(await verifyLog(studio.databaseUrl())).toBeGreaterThan(acknowledged.length * 5);
  });
});
