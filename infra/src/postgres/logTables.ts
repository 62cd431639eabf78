import { table } from './rowChanges.ts';

/** One row per stream of the log: where it ends. */
export const streamsTable = table({
  name: 'streams',
  key: ['stream'],
  columns: {
    stream: 'id',
    category: 'id',
    /** Of the last event. */
    revision: 'int',
    first_position: 'position',
    last_position: 'position',
    created_at: 'instant',
    updated_at: 'instant',
  },
});

/** Which streams hold events of one correlation. */
export const correlationsTable = table({
  name: 'correlations',
  key: ['correlation_id', 'stream'],
  columns: { correlation_id: 'id', stream: 'id' },
});

/**
 * Where in the log the events of one moment stand. A moment is what the first 36 bits of a UUIDv7 tell
 * of the time: four seconds. By it an event is found by its id, or by its time, without an index of all events.
 */
export const momentsTable = table({
  name: 'moments',
  key: ['moment'],
  columns: {
    /** Nine hex digits: they sort as the times do. */
    moment: 'id',
    first_position: 'position',
    last_position: 'position',
    events: 'count',
  },
  indexes: ['last_position'],
});

/** The moment of an event, by its id. */
export const momentOf = (eventId: string): string => eventId.slice(0, 8) + eventId.slice(9, 10);

const momentBits = 12;

/** The moment that a time, in milliseconds since 1970, falls in. */
export const momentAt = (ms: number): string =>
  Math.floor(ms / 2 ** momentBits)
    .toString(16)
    .padStart(9, '0');
