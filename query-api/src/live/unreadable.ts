import type { RecordedEvent } from '@studio/contracts';
import { problemOf } from '@studio/infra';

/** True for what may go well another time: the store is out of reach, and nothing is wrong with the fact. */
export const mayPass = (error: unknown): boolean => {
  const { status, body } = problemOf(error);
  return status === 503 && body['code'] !== 'log.corrupt';
};

/** What a room hears in place of a fact that cannot be read. */
export const unreadable = (
  room: string,
  { executionId, revision }: { readonly executionId: string } & Pick<RecordedEvent, 'revision'>,
): Readonly<Record<string, unknown>> => ({
  ...{ type: 'error', message: 'A fact of this run cannot be read' },
  ...{ room_id: room, execution_id: executionId, revision },
});
