import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool } from '@studio/infra';
import type { Pool } from 'pg';

import { createDesk } from '../cli/command.ts';
import { endings, factsOf, numbersFrom } from '../crash/proof.ts';
import { openInIndex, rowsAndRebuild } from '../crash/rebuilding.ts';
import { save } from '../e2e/canvas.ts';
import { type CountingServer, startCountingServer } from '../fixtures/countingServer.ts';
import { type OwnPostgres, startOwnPostgres } from '../fixtures/postgres.ts';
import { type Person, signIn } from '../fixtures/studio.ts';
import { wholeLog } from '../fixtures/wholeLog.ts';
import { type Crew, startCrew } from './crew.ts';
import { answerAll, type Patient, patient, settleDoubts, startSurely } from './people.ts';
import {
  arrivalsByRun,
  broken,
  heldTogether,
  iterationsTakenOver,
  ownersIn,
  soonestMs,
} from './promises.ts';
import { chaosWorkflow, most } from './workflow.ts';

const runs = 200;
const customers = 12;
const starters = 6;
const disturbances = 12;
/** Whose Postgres dies, too. */
const postgresDiesIn = [1, disturbances - 2];
const withinMs = 600_000;
/** `CHAOS_SEED` repeats what was drawn. */
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);

describe('three executors that die and stand still on a Postgres that dies', () => {
  let postgres: OwnPostgres;
  let server: CountingServer;
  let crew: Crew;
  let pool: Pool;
  let person: Person;
  let patientPerson: Patient;
  const customerOf = new Map<string, number>();
  const doubted = new Set<string>();
  let tookMs = 0;

  beforeAll(async () => {
    process.stdout.write(`CHAOS_SEED=${seed}\n`);
    postgres = await startOwnPostgres();
    server = await startCountingServer();
    const faulty = (n: number) => ({ delayMs: 60, ...(n % 9 === 4 ? { status: 503 } : {}) });
    for (const path of ['/read', '/itemTell', '/againTell', '/tell']) server.behave(path, faulty);
    for (const path of ['/pay', '/itemPay']) server.behave(path, { delayMs: 60 });
    server.behave('/missing', { status: 404 });
    crew = await startCrew(postgres, numbersFrom(seed));
    pool = createPool({ url: postgres.url, applicationName: 'chaos' });
    pool.on('error', () => undefined); // its server is killed
    person = await signIn(crew.desk, 'chaos@example.com');
    patientPerson = patient(crew.desk, person);
  });
  afterAll(async () => {
    await pool.end();
    await crew.stop();
    await server.close();
    await postgres.stop();
  });

  const streams = async (sql: string): Promise<readonly string[] | null> => {
    const found = await pool.query<{ stream: string }>(sql, [endings]).catch(() => null);
    return found?.rows.map(({ stream }) => stream.replace('execution-', '')) ?? null;
  };
  const endedRuns = () =>
    streams(
      `select distinct stream from log.events where type = any($1) and stream like 'execution-%'`,
    );
  const doubtfulRuns = () =>
    streams(`select distinct stream from log.events as doubt where type = 'NodeInDoubt' and not exists
      (select from log.events as over where over.stream = doubt.stream and over.type = any($1))`);

  const startAll = async (workflowId: string): Promise<void> => {
    const numbers = Array.from({ length: runs }, (_, n) => n).values();
    const startSome = async (): Promise<void> => {
      for (const n of numbers) {
        const customer = n % customers;
        customerOf.set(await startSurely(patientPerson, workflowId, { n, customer }), customer);
      }
    };
    await Promise.all(Array.from({ length: starters }, startSome));
  };
  const disturb = async (): Promise<void> => {
    for (let round = 0; round < disturbances; round += 1)
      await crew.disturb(postgresDiesIn.includes(round));
  };
  /** People do what is asked of them. */
  const attend = async (answers: { given: number }): Promise<void> => {
    await answerAll(patientPerson, answers);
    for (const id of (await doubtfulRuns()) ?? [])
      for (const node of await settleDoubts(patientPerson, id)) doubted.add(`${id} ${node}`);
  };
  const attendUntilAllHaveEnded = async (): Promise<void> => {
    const answers = { given: 0 };
    const deadline = performance.now() + withinMs;
    for (let ended = 0; ended < runs; ended = (await endedRuns())?.length ?? ended) {
      await attend(answers);
      if (performance.now() > deadline) throw new Error(`${ended} of ${runs} have ended`);
      await sleep(500);
    }
  };

  it(
    'brings every run to its end',
    async () => {
      const workflow = chaosWorkflow(server.url);
      expect(workflow.nodes).toHaveLength(30);
      const workflowId = await save(person, workflow);
      const from = performance.now();
      await Promise.all([startAll(workflowId), disturb(), attendUntilAllHaveEnded()]);
      tookMs = performance.now() - from;
      expect(customerOf.size).toBe(runs);
      expect(crew.fallen()).toEqual([]);
      process.stdout.write(
        `${runs} runs in ${Math.round(tookMs / 1000)} s, ${doubted.size} doubts\n`,
      );
    },
    2 * withinMs,
  );

  it('makes no unsafe call twice, every repeatable one under one key, and records each outcome once', async () => {
    const seen = arrivalsByRun(server.arrivals());
    let takenOver = 0;
    for (const id of customerOf.keys()) {
      const facts = await factsOf(person, id);
      takenOver += iterationsTakenOver(facts);
      const wrong = broken(facts, seen.get(id) ?? new Map());
      expect([id, wrong]).toEqual([id, []]);
    }
    process.stdout.write(`${takenOver} calls in loops were taken over\n`);
  });

  it('never grants more than the limits allow, and has all permits back in the end', async () => {
    const events = await wholeLog(postgres.url);
    const held = heldTogether(events, customerOf);
    expect(held.together).toBeLessThanOrEqual(most.together);
    expect(held.ofOneCustomer).toBeLessThanOrEqual(most.ofOneCustomer);
    expect(held.together).toBeGreaterThan(1);
    expect(ownersIn(events).size).toBeGreaterThan(2); // or nobody was disturbed
    expect(tookMs).toBeGreaterThan(soonestMs(runs));
    const { databaseUrl } = crew.desk;
    expect(await openInIndex({ databaseUrl, logAddress: databaseUrl })).toBe(0n);
    expect((await pool.query('select from engine.permits')).rowCount).toBe(0);
  });

  it('leaves a log that verifies, and read models like those of a rebuild', async () => {
    const desk = await createDesk({ ...crew.environment, DATA_DIR: crew.desk.dataDir });
    const { code, out, err } = await desk.studio('verify');
    // The head is signed once a minute, and nobody may have lived as long.
    expect([code, err, out]).toEqual([
      ...[0, expect.stringMatching(/^(No head was signed yet: .*\n)?$/), expect.any(String)],
    ]);
    await desk.leave();
    const { rows, rebuilt } = await rowsAndRebuild(crew.desk);
    expect(rows['executions']).toHaveLength(runs);
    expect(rebuilt).toEqual(rows);
  });
});
