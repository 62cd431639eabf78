import { type ExecutionId, parseStream, type RecordedEvent } from '@studio/contracts';

/** A batch of the log as the executor needs it. */
export interface SortedBatch {
  /** Runs that begin in this batch, with all their facts in it. */
  readonly begun: ReadonlyMap<ExecutionId, readonly RecordedEvent[]>;
  /** Facts of runs that began before. */
  readonly others: readonly { executionId: ExecutionId; event: RecordedEvent }[];
}

export const sortBatch = (events: readonly RecordedEvent[]): SortedBatch => {
  const begun = new Map<ExecutionId, RecordedEvent[]>();
  const others: { executionId: ExecutionId; event: RecordedEvent }[] = [];
  for (const event of events) {
    const stream = parseStream(event.stream);
    if (stream?.category !== 'execution') continue;
    const executionId = stream.id as ExecutionId; // the category says so
    const first = begun.get(executionId);
    if (first) first.push(event);
    else if (event.revision === 0) begun.set(executionId, [event]);
    else others.push({ executionId, event });
  }
  return { begun, others };
};
