import type { z } from 'zod';

import type { approvalEvents } from './approval/events.ts';
import type { Metadata } from './envelope.ts';
import { executionEvents } from './execution/events.ts';
import type { StreamName } from './streams.ts';
import { userEvents } from './user/events.ts';
import { workflowEvents } from './workflow/events.ts';
import { workspaceEvents } from './workspace/events.ts';

/** Every event type of the log with the schema of its newest version. The type names are stored: they never change. */
export const eventSchemas = {
  ...userEvents,
  ...workspaceEvents,
  ...workflowEvents,
  ...executionEvents,
} as const;

type EventsOf<Schemas extends Record<string, z.ZodType>> = {
  [Type in keyof Schemas & string]: { readonly type: Type; readonly data: z.infer<Schemas[Type]> };
}[keyof Schemas & string];

export type UserEvent = EventsOf<typeof userEvents>;
export type WorkspaceEvent = EventsOf<typeof workspaceEvents>;
export type WorkflowEvent = EventsOf<typeof workflowEvents>;
export type ExecutionEvent = EventsOf<typeof executionEvents>;
/** Those of a run's facts that are about its approvals. */
export type ApprovalEvent = EventsOf<typeof approvalEvents>;
export type StudioEvent = UserEvent | WorkspaceEvent | WorkflowEvent | ExecutionEvent;
export type EventType = StudioEvent['type'];

/** The version that is written today; a type that is absent is at version 1. */
export const schemaVersions: Partial<Record<EventType, number>> = {};
export const schemaVersionOf = (type: EventType): number => schemaVersions[type] ?? 1;

/** An event about to be appended. */
export type NewEvent<Event extends StudioEvent = StudioEvent> = Event & {
  readonly eventId: string;
  readonly metadata: Metadata;
};

/** An event as it was recorded, with its place. Sealed values are open, erased, or left sealed, as the reader asked. */
export type RecordedEvent<Event extends StudioEvent = StudioEvent> = NewEvent<Event> & {
  readonly stream: StreamName;
  readonly revision: number;
  readonly position: bigint;
  readonly hash: string;
};
