import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sweepRetention } from '@studio/command-api';
import { executionStream, plusMs, type WorkspaceId, workspaceStream } from '@studio/contracts';
import { load, run } from '@studio/domain';
import { createDueRuns, createInMemoryFileStorage, createPatience, newId } from '@studio/infra';
import { type Projectors, startProjectors } from '@studio/projectors';

import {
  chain,
  newStory,
  nextInstant,
  nodeStarted,
  type Story,
  workflowStarted,
} from '../fixtures/facts.ts';
import { startStudioLog, type StudioLog } from '../fixtures/studioLog.ts';

const dayMs = 86_400_000;
let studio: StudioLog;
let projectors: Projectors;
const troubles: unknown[] = [];
beforeAll(async () => {
  studio = await startStudioLog();
  projectors = await startProjectors({
    ...{ pool: studio.pool, log: studio.log, onTrouble: (error) => troubles.push(error) },
  });
});
afterAll(async () => {
  await projectors.stop();
  await studio.stop();
  expect(troubles).toEqual([]);
});

const level = async (): Promise<void> => {
  const end = await studio.log.lastPosition();
  for (const name of ['executions', 'run_retention'])
    expect(await projectors.waitFor(name, end, 60_000)).toBe(true);
};
const retainedFor = (story: Story, runDays: number | null) =>
  studio.append(story, workspaceStream(story.workspaceId as WorkspaceId), [
    { type: 'RetentionChanged', data: { workspaceId: story.workspaceId, runDays } },
  ]);
const cancelled = { type: 'WorkflowCancelled', data: { reason: null } } as const;
const aRun = async (known: Partial<Story>, ...facts: (typeof cancelled)[]): Promise<Story> => {
  const story = newStory(await studio.keys.reserve(), known);
  const began = [workflowStarted(story, chain('a')), nodeStarted('a')];
  await studio.happened(story, ...began, ...facts);
  return story;
};
const sweepAt = (now: string, dueRuns = createDueRuns(studio.pool)): Promise<number> =>
  sweepRetention(
    {
      dependencies: {
        ...{ log: studio.log, keys: studio.keys, files: createInMemoryFileStorage() },
        ...{ newId, patience: createPatience(), clock: () => now },
      },
      ...{ dueRuns, onTrouble: (error) => troubles.push(error) },
    },
    new AbortController().signal,
  );
const stateOf = async ({ executionId }: Story) =>
  (await load(studio.log, run, executionStream(executionId))).state;

it('erases runs that ended long enough ago, of workspaces that say so, and no others', async () => {
  const kept = await aRun({}, cancelled);
  const due = await aRun({}, cancelled);
  const running = await aRun({ workspaceId: due.workspaceId });
  await retainedFor(due, 30);
  await level();
  const now = nextInstant();
  expect(await sweepAt(plusMs(now, 29 * dayMs))).toBe(0);
  expect(await sweepAt(plusMs(now, 30 * dayMs))).toBe(1);
  await level();
  expect(await sweepAt(plusMs(now, 60 * dayMs))).toBe(0);
  expect(await stateOf(due)).toMatchObject({ status: 'cancelled', erased: true });
  for (const other of [kept, running])
    expect(await stateOf(other)).toMatchObject({ erased: false, trigger: { name: 'Ada' } });
  expect((await studio.keys.get([due.keyId])).get(due.keyId)).toBeNull();
  const facts = await studio.log.readStream(executionStream(due.executionId), {}, 'sealed');
  expect(facts.map(({ type }) => type)).toEqual([
    ...['WorkflowStarted', 'NodeStarted', 'WorkflowCancelled', 'DataErased'],
  ]);
  expect(facts.at(-1)?.metadata).toMatchObject({
    ...{ actor: { kind: 'system', id: 'retention' }, workspaceId: due.workspaceId },
  });
});

it('goes by what the streams say, not by rows that are behind', async () => {
  const story = await aRun({}, cancelled);
  const { executionId } = story;
  const workspaceId = story.workspaceId as WorkspaceId;
  const believing = () => Promise.resolve([{ executionId, workspaceId }]);
  const later = plusMs(nextInstant(), 400 * dayMs);
  expect(await sweepAt(later, believing)).toBe(0); // nobody said how long
  await retainedFor(story, 30);
  await retainedFor(story, null);
  expect(await sweepAt(later, believing)).toBe(0);
  await retainedFor(story, 500);
  expect(await sweepAt(later, believing)).toBe(0);
  await retainedFor(story, 300);
  expect(await sweepAt(later, believing)).toBe(1);
  expect(await sweepAt(later, believing)).toBe(0);
});

it('finishes what was begun before a crash: a key gone, nothing on record', async () => {
  const story = await aRun({}, cancelled);
  await retainedFor(story, 0);
  await studio.keys.forget(story.keyId);
  await level();
  expect(await sweepAt(nextInstant())).toBe(1);
  expect(await stateOf(story)).toMatchObject({ erased: true });
});

it('keeps the newest word of a workspace, and none once it keeps its runs for ever', async () => {
  const story = await aRun({});
  const rows = async () => {
    await level();
    const { rows: found } = await studio.pool.query<{ run_days: number }>(
      'select run_days from read.run_retention where workspace_id = $1',
      [story.workspaceId],
    );
    return found.map(({ run_days }) => run_days);
  };
  await retainedFor(story, 7);
  expect(await rows()).toEqual([7]);
  await retainedFor(story, 9);
  expect(await rows()).toEqual([9]);
  await retainedFor(story, null);
  expect(await rows()).toEqual([]);
});
