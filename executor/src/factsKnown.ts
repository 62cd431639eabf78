import type { ExecutionId, RecordedEvent } from '@studio/contracts';

/**
 * What was known of runs when they were put down, for as long as the log's tail has not got there. A tail
 * that is behind brings facts of theirs which are no news, and to read a long run again for them costs much.
 */
export interface FactsKnown {
  /** The run was put down with all its facts up to this position known. */
  putDown(executionId: ExecutionId, position: bigint): void;
  has(executionId: ExecutionId, event: Pick<RecordedEvent, 'position'>): boolean;
  /** The tail got this far: nothing before it will be asked for again. */
  passed(position: bigint): void;
}

export const createFactsKnown = (): FactsKnown => {
  /** In the order in which they were put down, which is nearly that of their positions. */
  const knownUpTo = new Map<ExecutionId, bigint>();
  return {
    putDown: (executionId, position) => {
      knownUpTo.delete(executionId);
      knownUpTo.set(executionId, position);
    },
    has: (executionId, { position }) => position <= (knownUpTo.get(executionId) ?? 0n),
    passed: (position) => {
      for (const [executionId, upTo] of knownUpTo) {
        if (upTo > position) return;
        knownUpTo.delete(executionId);
      }
    },
  };
};
