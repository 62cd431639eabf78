import { type EventLog, type RecordedEvent, StudioError } from '@studio/contracts';

import type { QueryApiDeps } from '../deps.ts';
import type { LogPart, LogPlaces } from './logPlaces.ts';
import { refuseMuch, unreadByStreams } from './unread.ts';

const pageSize = 1_000;

export interface EventFinder {
  readonly log: Pick<EventLog, 'readAll' | 'lastPosition'>;
  readonly places: Pick<LogPlaces, 'ofEvent'>;
  readonly positions: Pick<QueryApiDeps['positions'], 'positions'>;
}

/** Errors: `event.not_found`; `service.unavailable` while the projection is so far behind that nobody can tell. */
export const findEvent = async (
  { log, places, positions }: EventFinder,
  eventId: string,
): Promise<RecordedEvent> => {
  const within = async ({ after, last }: LogPart): Promise<RecordedEvent | null> => {
    for (let cursor = after; last !== null && cursor < last;) {
      const { events, upTo } = await log.readAll({ after: cursor, limit: pageSize }, 'sealed');
      const found = events.find((event) => event.eventId === eventId);
      if (found) return found;
      cursor = upTo;
    }
    return null;
  };

  // Before the place: what the projection reads meanwhile is looked through twice rather than never.
  const unread = await unreadByStreams(log, positions);
  const place = await places.ofEvent(eventId);
  const found = place && (await within(place));
  if (found) return found;
  refuseMuch(unread);
  const foundUnread = await within(unread);
  if (foundUnread) return foundUnread;
  throw new StudioError('not_found', 'event.not_found', 'Event not found');
};
