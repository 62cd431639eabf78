import type { RecordedEvent } from '@studio/contracts';
import { type AppliedRow, applyChanges, type RowChange } from '@studio/infra';

import { changesOf, type Projection } from './projection.ts';

/** An event that was set aside; `reason` is null for one that only waits behind its stream's first. */
export interface ParkedEvent {
  readonly event: RecordedEvent;
  readonly reason: string | null;
}

export interface ProjectedBatch {
  readonly changes: readonly RowChange[];
  readonly parked: readonly ParkedEvent[];
}

/** A name of what went wrong, never its message: that may quote a payload. */
export const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
  return `${error instanceof Error ? error.name : typeof error}${code}`;
};

/**
 * The changes of a run of events. A poison event parks its stream: later events of that stream queue
 * behind it, the rest goes on. `parkedStreams` are those that were parked before.
 */
export const project = (
  projection: Projection,
  events: readonly RecordedEvent[],
  parkedStreams: ReadonlySet<string>,
): ProjectedBatch => {
  const changes: RowChange[] = [];
  const parked: ParkedEvent[] = [];
  const poisoned = new Set(parkedStreams);
  for (const event of events) {
    if (poisoned.has(event.stream)) {
      parked.push({ event, reason: null });
      continue;
    }
    try {
      changes.push(...changesOf(projection, event));
    } catch (error) {
      poisoned.add(event.stream);
      parked.push({ event, reason: reasonOf(error) });
    }
  }
  return { changes, parked };
};

/**
 * The rows that a projection makes of these events alone, by table name: what a query shows of one
 * stream while the tables are not level. Payloads are sealed, as in the tables.
 */
export const rowsOf = (
  projection: Projection,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, readonly AppliedRow[]> =>
  applyChanges(events.flatMap((event) => changesOf(projection, event)));
