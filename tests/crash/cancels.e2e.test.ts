import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { rounds } from '../fixtures/length.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { wholeLog } from '../fixtures/wholeLog.ts';
import {
  createDigestFile,
  type DigestFile,
  type Noted,
  notedDigests,
  unlikeReplays,
} from './digests.ts';
import { endings, noops, numbersFrom, saveChain, startRun } from './proof.ts';

const entry = fileURLToPath(new URL('endingStudio.ts', import.meta.url));
const waves = rounds(2, 20);
const runsAWave = 50;
const steps = 200;
/** Facts of a run that is in the middle of its steps. */
const busyFrom = 10;
/** Noting the state of a run of 200 steps at each of its 400 facts would be most of what the studio does. */
const noteEvery = 60;

describe('a cancel against a run that is busy', () => {
  let studio: StudioProcess;
  let digests: DigestFile;
  let person: Person;
  let workflowId: string;
  /** Run → what its cancel answered: the status, with what went wrong where something did. */
  const answers = new Map<string, string>();

  /** It has some of its steps behind it. */
  const isBusy = async (id: string): Promise<void> => {
    const deadline = performance.now() + 120_000;
    for (;;) {
      const { body } = await person.call('GET', `/executions/${id}/events?limit=1`);
      if (body.total > busyFrom) return;
      if (performance.now() > deadline) throw new Error(`${id} never gets on`);
      await sleep(20);
    }
  };

  const wave = async (below: (limit: number) => number): Promise<void> => {
    await Promise.all(
      Array.from({ length: runsAWave }, async () => {
        const id = await startRun(person, workflowId);
        if (id === null) throw new Error('a run was not started');
        await isBusy(id);
        await sleep(below(400));
        const { status, body } = await person.call('POST', `/executions/${id}/cancel`, {});
        answers.set(id, status > 400 ? `${status} ${String(body.detail)}` : String(status));
      }),
    );
  };

  const cancelled = (): string[] =>
    [...answers].flatMap(([id, answer]) => (answer === '200' ? [id] : []));

  /** How runs ended, by the log itself: run → the types of its endings, and how many facts it has. */
  const endsOfRuns = async (): Promise<
    ReadonlyMap<string, { types: readonly string[]; facts: number }>
  > => {
    const ends = new Map<string, { types: string[]; facts: number }>();
    for (const { stream, type } of await wholeLog(studio.logAddress())) {
      if (!stream.startsWith('execution-')) continue;
      const id = stream.slice('execution-'.length);
      const end = ends.get(id) ?? { types: [], facts: 0 };
      end.facts += 1;
      if (endings.includes(type)) end.types.push(type);
      ends.set(id, end);
    }
    return ends;
  };

  beforeAll(async () => {
    digests = await createDigestFile();
    const env = { DIGESTS: digests.path, DIGEST_EVERY: String(noteEvery) };
    studio = await createStudio({ entry, env });
    await studio.start();
    person = await signIn(studio, 'cancels@example.com');
    workflowId = await saveChain(person, noops(steps));
  });
  afterAll(async () => {
    await studio.remove();
    await digests.remove();
  });

  it(`wins its races: ${waves * runsAWave} of them`, async () => {
    const below = numbersFrom(20_261_124);
    for (let count = 0; count < waves; count += 1) await wave(below);
    expect(answers.size).toBe(waves * runsAWave);
    // In time, or too late: 400. Never lost a race, never a failure of ours.
    expect([...answers.values()].filter((answer) => !['200', '400'].includes(answer))).toEqual([]);
    expect(cancelled().length).toBeGreaterThanOrEqual(answers.size * 0.9);
  });

  it('stands: no run that was cancelled ends in any other way', async () => {
    await sleep(500); // what was under way has time to arrive
    const ended = await endsOfRuns();
    for (const id of cancelled()) expect(ended.get(id)?.types).toEqual(['WorkflowCancelled']);
    for (const id of cancelled()) expect(ended.get(id)?.facts).toBeGreaterThan(busyFrom);
    const shown = new Set<string>();
    const left = cancelled();
    while (left.length > 0) {
      const some = left.splice(0, 50);
      const replays = some.map((id) => person.call('GET', `/executions/${id}/replay`));
      for (const { body } of await Promise.all(replays)) shown.add(String(body.status));
    }
    expect([...shown]).toEqual(['cancelled']);
  });

  it('leaves in each run a history whose replay has the states that the engine had', async () => {
    const lastOf = new Map<string, Noted>();
    for (const noted of await notedDigests(digests.path)) lastOf.set(noted.executionId, noted);
    expect(lastOf.size).toBeGreaterThan(answers.size * 0.9);
    expect(await unlikeReplays(person, [...lastOf.values()])).toEqual([]);
  });
});
