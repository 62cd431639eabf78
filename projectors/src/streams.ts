import { eventSchemas, type EventType, parseStream, type RecordedEvent } from '@studio/contracts';
import {
  add,
  correlationsTable,
  insert,
  momentOf,
  momentsTable,
  type RowChange,
  streamsTable,
} from '@studio/infra';

import { projection } from './projection.ts';

const seen = (event: RecordedEvent): readonly RowChange[] => {
  const { stream, revision, position, eventId, metadata } = event;
  const moment = momentOf(eventId);
  return [
    insert(
      streamsTable,
      {
        ...{ stream, category: parseStream(stream)?.category ?? null, revision },
        ...{ first_position: position, last_position: position },
        ...{ created_at: metadata.occurredAt, updated_at: metadata.occurredAt },
      },
      ['first_position', 'created_at'],
    ),
    insert(correlationsTable, { correlation_id: metadata.correlationId, stream }),
    insert(momentsTable, { moment, first_position: position, last_position: position }, [
      'first_position',
    ]),
    add(momentsTable, { moment }, { events: 1 }),
  ];
};

// Object.keys widens the types of events to texts.
const everyType = Object.keys(eventSchemas) as EventType[];

/**
 * Answers: which streams are there and where does each end, which of them belong together, and where in
 * the log is an event or a time? In no hurry: its rows change with every event, and those of one stream fold together.
 */
export const streams = projection({
  name: 'streams',
  version: 1,
  tables: [streamsTable, correlationsTable, momentsTable],
  on: Object.fromEntries(everyType.map((type) => [type, seen])),
  pace: { betweenUnawaitedWrites: 200 },
});
