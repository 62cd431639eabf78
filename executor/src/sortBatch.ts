import {
  type ExecutionId,
  parseStream,
  type RecordedEvent,
  type StreamName,
} from '@studio/contracts';

/** The facts of a batch of the log that concern one run. */
export interface RunFacts {
  readonly executionId: ExecutionId;
  readonly facts: readonly RecordedEvent[];
}

/** A batch of the log as the executor needs it. */
export interface SortedBatch {
  /** Runs that begin in this batch, with all their facts in it. */
  readonly begun: readonly RunFacts[];
  /** Facts of runs that began before, but for those that the executor recorded itself. */
  readonly others: readonly { executionId: ExecutionId; event: RecordedEvent }[];
}

const executionOf = (stream: StreamName): ExecutionId | null => {
  const parsed = parseStream(stream);
  return parsed?.category === 'execution' ? (parsed.id as ExecutionId) : null; // the category says so
};

/** @param owner Whose facts need no sorting: nearly all of them, so that nothing else is done for them. */
export const sortBatch = (events: readonly RecordedEvent[], owner: string): SortedBatch => {
  const begun = new Map<StreamName, { executionId: ExecutionId; facts: RecordedEvent[] }>();
  const others: { executionId: ExecutionId; event: RecordedEvent }[] = [];
  for (const event of events) {
    const { stream, revision, metadata } = event;
    const known = begun.get(stream);
    if (known) known.facts.push(event);
    if (known || (revision > 0 && metadata.actor.id === owner)) continue;
    const executionId = executionOf(stream);
    if (!executionId) continue;
    if (revision === 0) begun.set(stream, { executionId, facts: [event] });
    else others.push({ executionId, event });
  }
  return { begun: [...begun.values()], others };
};
