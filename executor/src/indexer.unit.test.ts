import { describe, expect, it } from '@jest/globals';
import {
  type EngineIndex,
  type EventLog,
  type ExecutionId,
  executionStream,
  type IndexChanges,
  type RecordedBatch,
  type RecordedEvent,
} from '@studio/contracts';

import { createIndexer } from './indexer.ts';

const started = (position: bigint): RecordedEvent =>
  ({
    type: 'WorkflowStarted',
    stream: executionStream(`run-${position}` as ExecutionId), // made up
    position,
    data: {},
    metadata: { workspaceId: 'home' },
  }) as RecordedEvent; // the fold looks at nothing else

/** A log that grows as the test says; a subscription hands out what is there, then what comes. */
const growingLog = () => {
  const events: RecordedEvent[] = [];
  let grown: () => void = () => undefined;
  const log = {
    async *subscribe({
      after,
      signal,
    }: {
      after: bigint;
      signal: AbortSignal;
    }): AsyncGenerator<RecordedBatch> {
      signal.addEventListener('abort', () => {
        grown();
      });
      for (let at = after; !signal.aborted;) {
        const next = events.filter(({ position }) => position > at);
        at = next.at(-1)?.position ?? at;
        if (next.length > 0) yield { events: next, upTo: at };
        else await new Promise<void>((resolve) => (grown = resolve));
      }
    },
  } as unknown as EventLog; // what an indexer uses of it
  return {
    log,
    grow: (position: bigint): void => {
      events.push(started(position));
      grown();
    },
  };
};

/** An index that keeps what was applied, and can lose the last of it as a killed database does. */
const keptIndex = () => {
  let kept: { changes: IndexChanges; to: bigint }[] = [];
  const checkpoint = (): bigint => kept.at(-1)?.to ?? 0n;
  const index = {
    checkpoint: () => Promise.resolve(checkpoint()),
    apply: (changes: IndexChanges, from: bigint, to: bigint) => {
      if (from !== checkpoint()) return Promise.resolve(false);
      kept.push({ changes, to });
      return Promise.resolve(true);
    },
  } as unknown as EngineIndex; // what an indexer uses of it
  return {
    index,
    opened: (): string[] =>
      kept.flatMap(({ changes }) => changes.opened.map(({ executionId }) => executionId)),
    lose: (): void => {
      kept = kept.slice(0, -1);
    },
  };
};

const startIndexer = () => {
  const log = growingLog();
  const kept = keptIndex();
  const indexer = createIndexer({
    ...{ index: kept.index, log: log.log },
    ...{ onTimersSet: () => undefined, onHalts: () => undefined },
    onPermitsMoved: () => undefined,
    onChildrenMoved: () => undefined,
    onEventsMoved: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  return { ...log, ...kept, indexer };
};

describe('the indexer', () => {
  it('writes everything once, in order, also what comes in while it writes', async () => {
    const { grow, opened, indexer } = startIndexer();
    for (let position = 1n; position <= 50n; position += 1n) {
      grow(position);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await indexer.level(50n);
    expect(opened()).toEqual(Array.from({ length: 50 }, (_, index) => `run-${index + 1}`));
    await indexer.stop();
  });

  it('reads again what a killed database lost, also when nothing new comes', async () => {
    const { grow, opened, lose, indexer } = startIndexer();
    grow(1n);
    await indexer.level(1n);
    grow(2n);
    await indexer.level(2n);
    lose();
    expect(opened()).toEqual(['run-1']);
    while (opened().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(opened()).toEqual(['run-1', 'run-2']);
    await indexer.stop();
  });
});
