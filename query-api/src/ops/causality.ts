import type { RecordedEvent } from '@studio/contracts';

/** An event as a cause or an effect; `distance` counts the steps to the event that was asked about. */
export interface CausalLink {
  readonly event: RecordedEvent;
  readonly distance: number;
}

export interface Causality {
  /** The first cause first. */
  readonly causes: readonly CausalLink[];
  /** In the order of the log. */
  readonly effects: readonly CausalLink[];
  /** What the first cause says caused it: no event among those that were given. */
  readonly origin: string;
}

const causesOf = (asked: RecordedEvent, byId: ReadonlyMap<string, RecordedEvent>): CausalLink[] => {
  const causes: CausalLink[] = [];
  const seen = new Set([asked.eventId]);
  for (let event = byId.get(asked.metadata.causationId); event;) {
    if (seen.has(event.eventId)) break; // metadata of a foreign writer may go in a ring
    seen.add(event.eventId);
    causes.push({ event, distance: causes.length + 1 });
    event = byId.get(event.metadata.causationId);
  }
  return causes.reverse();
};

const effectsOf = (asked: RecordedEvent, events: readonly RecordedEvent[]): CausalLink[] => {
  const distances = new Map([[asked.eventId, 0]]);
  // An effect stands behind its cause, so one pass in the order of the log meets causes first.
  return events.flatMap((event) => {
    const distance = distances.get(event.metadata.causationId);
    if (distance === undefined || distances.has(event.eventId)) return [];
    distances.set(event.eventId, distance + 1);
    return [{ event, distance: distance + 1 }];
  });
};

/** What led to an event and what followed from it, among events in the order of the log. */
export const causalityOf = (asked: RecordedEvent, events: readonly RecordedEvent[]): Causality => {
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const causes = causesOf(asked, byId);
  const { metadata } = causes[0]?.event ?? asked;
  return { causes, effects: effectsOf(asked, events), origin: metadata.causationId };
};
