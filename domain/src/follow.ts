import { type EventType, type Metadata, schemaVersionOf } from '@studio/contracts';

/** What makes events happen: a command, with the request or the event that it comes from. */
export type Cause = Omit<Metadata, 'schemaVersion'>;

/** The metadata of an event that follows from a cause: the one place where metadata is made. */
export const follow = (cause: Cause, type: EventType): Metadata => ({
  ...cause,
  schemaVersion: schemaVersionOf(type),
});
