import { appendFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExecutionEvent } from '@studio/contracts';
import { evolveRun, type Run } from '@studio/domain';
import { digestOf } from '@studio/query-api';

import type { Person } from '../fixtures/studio.ts';

/**
 * Notes the digest of the engine's live state after its facts, one line each, in the file before
 * anything else happens. With `every` above 1 only revisions 4, 4 + every, 4 + 2 × every … are noted.
 */
export const digestWriter =
  (file: string, every: number) =>
  (before: Run, events: readonly ExecutionEvent[]): void => {
    const note = (run: Run): void => {
      if (run.revision % every !== 4 % every) return;
      appendFileSync(file, `${run.executionId} ${run.revision} ${digestOf(run)}\n`);
    };
    // The state itself, and with it the facts that others recorded and the engine read.
    note(before);
    let run = before;
    for (const event of events) {
      run = evolveRun(run, event);
      note(run);
    }
  };

/** A file for the digests of a studio, whatever becomes of its own folder. */
export const createDigestFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-digests-'));
  return {
    path: join(folder, 'digests'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
export type DigestFile = Awaited<ReturnType<typeof createDigestFile>>;

export interface Noted {
  readonly executionId: string;
  readonly revision: number;
  readonly digest: string;
}

export const notedDigests = async (file: string): Promise<readonly Noted[]> => {
  const lines = new Set((await readFile(file, 'utf8')).split('\n').filter(Boolean));
  return [...lines].map((line) => {
    const [executionId = '', revision, digest = ''] = line.split(' ');
    return { executionId, revision: Number(revision), digest };
  });
};

const atOnce = 8;

/** Replays each run at each noted fact; returns the facts whose replay has another digest. */
export const unlikeReplays = async (
  person: Person,
  noted: readonly Noted[],
): Promise<readonly Noted[]> => {
  const unlike: Noted[] = [];
  const queue = noted.values();
  const compare = async (): Promise<void> => {
    for (const fact of queue) {
      const { executionId, revision, digest } = fact;
      const { status, body } = await person.call(
        'GET',
        `/executions/${executionId}/replay?at=${revision}`,
      );
      if (status !== 200 || body.digest !== digest) unlike.push(fact);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, compare));
  return unlike;
};
