import { expect, it } from '@jest/globals';
import type { ExecutionEvent, ExecutionId, Timekeeper } from '@studio/contracts';
import { foldRun, initialRun, type Run } from '@studio/domain';

import { startWatchdog, type StuckRun, type WatchdogOptions } from './watchdog.ts';

const id = 'e1' as ExecutionId; // of no store
const started: ExecutionEvent = {
  type: 'WorkflowStarted',
  data: {
    ...{ executionId: id, workflowId: 'w', workflowVersion: 1, workflowName: 'W', userId: 'u' },
    definition: {
      nodes: [
        {
          ...{ id: 'a', name: 'A', type: 'action', kind: 'noop@1', config: {}, onInDoubt: 'ask' },
          retry: { maxRetries: 0, delaysMs: [] },
        },
      ],
      connections: [],
    },
    ...{ keyId: 'k', engineVersion: 1, definitionHash: 'h', triggerType: 'manual' },
    ...{ trigger: {}, context: {}, priority: 0, maxRetries: 3, totalNodes: 1 },
  },
};
const ready = foldRun(initialRun, [started]);
const begun = foldRun(ready, [
  {
    type: 'NodeStarted',
    data: {
      ...{ nodeId: 'a', instanceId: 'a', attempt: 1, generation: 0, epoch: 1 },
      ...{ effect: 'idempotent', idempotencyKey: 'k', input: {} },
    },
  },
]);
const paused = foldRun(ready, [{ type: 'WorkflowPaused', data: { reason: null } }]);

/** Time that passes when a test says so. */
const steppedTime = () => {
  let wake = (): void => undefined;
  const time: Timekeeper = {
    nowMs: () => 0,
    after: (_, then) => {
      wake = then;
      return () => undefined;
    },
  };
  return { time, pass: () => wake() };
};

const watched = (more: Partial<WatchdogOptions> = {}) => {
  const { time, pass } = steppedTime();
  const told: [StuckRun, boolean][] = [];
  const failures: unknown[] = [];
  const scene = { run: ready, heard: 10n, inHand: false };
  const watchdog = startWatchdog({
    index: { unpausedRuns: async () => [id] },
    ...{ time, shards: () => [1], isInHand: () => scene.inHand, epochOf: () => 1 },
    ...{ load: async () => scene.run, logEnd: async () => 10n, heard: () => scene.heard },
    now: () => '2026-01-01T00:00:00.000Z',
    onStuck: (run, isNew) => told.push([run, isNew]),
    onError: (error) => failures.push(error),
    ...more,
  });
  /** A whole look: all that it awaits is at hand. */
  const look = async (): Promise<void> => {
    pass();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { scene, told, failures, look, watchdog };
};

it('names a run that stands where it stood a look before, and then tells when it has gone on', async () => {
  const { scene, told, look, watchdog } = watched();
  await look();
  expect(told).toEqual([]);
  await look();
  const stuck = { executionId: id, revision: 0, namedAt: '2026-01-01T00:00:00.000Z' };
  expect(told).toEqual([[{ ...stuck, wentOn: false }, true]]);
  await look();
  expect(told[1]).toEqual([{ ...stuck, wentOn: false }, false]);
  scene.run = begun;
  scene.inHand = true;
  await look();
  expect(watchdog.stuckRuns()).toEqual([{ ...stuck, wentOn: true }]);
  expect(told).toHaveLength(2);
});

it('names nobody before the executor has heard of all that there was', async () => {
  const { scene, told, look } = watched();
  scene.heard = 9n;
  for (let times = 0; times < 3; times += 1) await look();
  expect(told).toEqual([]);
  scene.heard = 10n;
  await look();
  expect(told).toHaveLength(1);
});

it.each([
  ['has moved between two looks', {}, [ready, begun]],
  ['is paused', {}, [paused, paused]],
  ['is in hand', { isInHand: () => true }, [ready, ready]],
  ["is somebody else's", { epochOf: () => null }, [ready, ready]],
])('names no run that %s', async (_, more, runs) => {
  const { scene, told, look } = watched(more);
  for (const run of runs) {
    scene.run = run;
    await look();
  }
  expect(told).toEqual([]);
});

it('goes on looking when a run cannot be read', async () => {
  let reads = 0;
  const load = async (): Promise<Run> => {
    reads += 1;
    if (reads === 1) throw new Error('unreadable');
    return ready;
  };
  const { told, failures, look } = watched({ load });
  for (let times = 0; times < 3; times += 1) await look();
  expect(failures).toHaveLength(1);
  expect(told).toHaveLength(1);
});

it('goes through all open runs, page by page, and begins anew', async () => {
  const asked: string[] = [];
  const ids = Array.from({ length: 70 }, (_, at) => `e${String(at).padStart(2, '0')}`);
  const { look } = watched({
    isInHand: () => true,
    index: {
      unpausedRuns: async (_, { after, limit }) => {
        asked.push(after);
        return ids.filter((each) => each > after).slice(0, limit) as ExecutionId[]; // of no store
      },
    },
  });
  for (let times = 0; times < 3; times += 1) await look();
  expect(asked).toEqual(['', 'e49', '']);
});
