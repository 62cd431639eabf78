import { describe, expect, it } from '@jest/globals';
import {
  type EngineIndex,
  type ExecutionId,
  executionStream,
  type IndexChanges,
  type RecordedBatch,
  type RecordedEvent,
} from '@studio/contracts';

import { createIndexer } from './indexer.ts';

const started = (position: bigint): RecordedBatch => ({
  upTo: position,
  events: [
    {
      type: 'WorkflowStarted',
      stream: executionStream(`run-${position}` as ExecutionId), // made up
      position,
    } as RecordedEvent, // the fold looks at nothing else
  ],
});

/** An index whose writes take as long as the test says. */
const slowIndex = () => {
  const written: { changes: IndexChanges; from: bigint; to: bigint }[] = [];
  let checkpoint = 0n;
  let finish: () => void = () => undefined;
  const index = {
    checkpoint: () => Promise.resolve(checkpoint),
    apply: async (changes: IndexChanges, from: bigint, to: bigint) => {
      await new Promise<void>((resolve) => (finish = resolve));
      if (from !== checkpoint) return false;
      written.push({ changes, from, to });
      checkpoint = to;
      return true;
    },
  } as unknown as EngineIndex; // what an indexer uses of it
  return {
    ...{ index, written },
    finish: () => {
      finish();
    },
    overtake: (to: bigint) => (checkpoint = to),
  };
};
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));
const options = (index: EngineIndex) => ({
  ...{ index, from: 0n, onTimersSet: () => undefined },
  onError: (error: unknown) => {
    throw error;
  },
});

describe('the indexer', () => {
  it('keeps what comes in while it writes for the next write', async () => {
    const slow = slowIndex();
    const indexer = createIndexer(options(slow.index));
    indexer.add(started(1n));
    await aMoment();
    indexer.add(started(2n));
    slow.finish();
    await aMoment();
    slow.finish();
    await indexer.level(2n);
    expect(slow.written.map(({ changes }) => changes.opened)).toEqual([['run-1'], ['run-2']]);
    await indexer.stop();
  });

  it('goes on behind the checkpoint of another executor that wrote the index meanwhile', async () => {
    const slow = slowIndex();
    const indexer = createIndexer(options(slow.index));
    indexer.add(started(1n));
    indexer.add(started(2n));
    await aMoment();
    slow.overtake(1n);
    slow.finish();
    await aMoment();
    slow.finish();
    await indexer.level(2n);
    expect(slow.written).toEqual([
      {
        changes: { opened: ['run-2'], ended: [], failing: [], timersSet: [], timersGone: [] },
        from: 1n,
        to: 2n,
      },
    ]);
    await indexer.stop();
  });
});
