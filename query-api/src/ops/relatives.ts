import type { EventLog, RecordedEvent, StreamName } from '@studio/contracts';

import type { LogPlaces } from './logPlaces.ts';

export interface Relatives {
  /** In the order of the log. */
  readonly events: readonly RecordedEvent[];
  /** True when there are more than were looked at. */
  readonly truncated: boolean;
}

const mostStreams = 100;
/** Of one stream, to each side of the event that was asked about. */
const mostEvents = 1_000;

const inOrder = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  events.toSorted((a, b) => (a.position < b.position ? -1 : 1));

/** The events around one in its own stream. */
export const eventsAround = async (
  log: EventLog,
  { stream, revision }: Pick<RecordedEvent, 'stream' | 'revision'>,
): Promise<Relatives> => {
  const from = Math.max(0, revision - mostEvents);
  const limit = revision - from + 1 + mostEvents;
  const events = await log.readStream(stream, { from, limit: limit + 1 }, 'sealed');
  return { events: events.slice(0, limit), truncated: from > 0 || events.length > limit };
};

/** The beginning of another stream that has to do with it. */
const beginningOf = async (log: EventLog, stream: StreamName): Promise<Relatives> => {
  const events = await log.readStream(stream, { limit: mostEvents + 1 }, 'sealed');
  return { events: events.slice(0, mostEvents), truncated: events.length > mostEvents };
};

/** Events that may have caused an event, or come from it: those of its own stream, and of its correlation. */
export const relativesOf = async (
  log: EventLog,
  places: LogPlaces,
  event: RecordedEvent,
): Promise<Relatives> => {
  const streams = await places.streamsOf(event.metadata.correlationId, mostStreams + 1);
  const others = streams.slice(0, mostStreams).filter((stream) => stream !== event.stream);
  const found = [await eventsAround(log, event)];
  for (const stream of others) found.push(await beginningOf(log, stream));
  return {
    events: inOrder(found.flatMap(({ events }) => events)),
    truncated: streams.length > mostStreams || found.some(({ truncated }) => truncated),
  };
};
