import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventLog } from '@studio/contracts';

import { aChain, aNode, type Engine, startEngine } from '../fixtures/engine.ts';

let engine: Engine;
/** While set, the executor hears of no event: what happens then is in nobody's hands. */
let isDeaf = false;

const hardOfHearing = (log: EventLog): EventLog => ({
  ...log,
  subscribe: async function* (range) {
    for await (const batch of log.subscribe(range, 'sealed'))
      yield isDeaf && range.subscriber === 'executor' ? { ...batch, events: [] } : batch;
  } as EventLog['subscribe'], // the executor subscribes to sealed events only
});

beforeAll(async () => {
  engine = await startEngine({ hearing: hardOfHearing, watchEveryMs: 100 });
});
afterAll(() => engine.stop());

const work = aChain([aNode('begin', 'manual-trigger'), aNode('a', 'noop'), aNode('b', 'noop')]);

it('names a run that nobody has in hand, and has it go on; what waits is left alone', async () => {
  const asleep = await Promise.all([
    engine.start(aChain([aNode('wait', 'delay', { durationMs: 3_600_000 })])),
    engine.start(aChain([aNode('ask', 'approval')])),
    engine.start(aChain([aNode('listen', 'wait-for-event', { signal: 'paid' })])),
  ]);
  for (const id of asleep) await engine.until(id, ({ instances }) => instances.size > 0);
  const paused = await engine.start(work, {}, { scheduledAt: '2999-01-01T00:00:00.000Z' });
  await engine.order(paused, { type: 'PauseWorkflow', data: { reason: null } });

  isDeaf = true;
  const stuck = await engine.start(work);
  expect(await engine.ended(stuck)).toMatchObject({ status: 'completed' });
  isDeaf = false;
  await expect(
    until(
      () => engine.executor().stuckRuns(),
      ([first]) => first?.wentOn === true,
    ),
  ).resolves.toEqual([
    { executionId: stuck, revision: 0, namedAt: expect.stringMatching(/Z$/), wentOn: true },
  ]);
  expect(engine.errors).toEqual([]);
});

it('has a run go on that was told something behind its back', async () => {
  const id = await engine.start(
    aChain([aNode('listen', 'wait-for-event', { signal: 'paid' }), aNode('b', 'noop')]),
  );
  await engine.until(id, ({ instances }) => instances.get('listen')?.status === 'awaiting_signal');
  isDeaf = true;
  await engine.order(id, {
    type: 'ReceiveSignal',
    data: { signalId: 's1', name: 'paid', payload: { sum: 1 }, sentBy: 'somebody' },
  });
  expect(await engine.ended(id)).toMatchObject({ status: 'completed' });
  isDeaf = false;
  expect(engine.executor().stuckRuns()).toContainEqual(
    expect.objectContaining({ executionId: id }),
  );
});

const until = async <T>(look: () => T, holds: (seen: T) => boolean): Promise<T> => {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const seen = look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`never: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
