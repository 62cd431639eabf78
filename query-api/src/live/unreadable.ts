import { parseStream, type RecordedEvent } from '@studio/contracts';

import type { Connection } from './connection.ts';

/** Says in a room which fact cannot be read, to members of the fact's workspace. */
export const sayUnreadable = (
  connection: Connection,
  room: string,
  { stream, revision, metadata }: RecordedEvent,
): void => {
  if (connection.caller.workspaceId !== metadata.workspaceId) return;
  connection.send({
    ...{ type: 'error', message: 'A fact of this run cannot be read', room_id: room },
    ...{ execution_id: parseStream(stream)?.id ?? stream, revision },
  });
};
