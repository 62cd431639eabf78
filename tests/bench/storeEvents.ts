import { randomUUID } from 'node:crypto';

import {
  type EventStore,
  type EventToAppend,
  type ExecutionId,
  executionStream,
  type Head,
  type StreamName,
} from '@studio/contracts';
import { newId } from '@studio/infra';

import type { RawLoop } from './rawLoop.ts';
import type { Step } from './slices.ts';

/** About 800 bytes of a row, as the events of a run have. */
export const anEvent = (): EventToAppend => ({
  eventId: newId(),
  type: 'NodeCompleted',
  data: JSON.stringify({ instance: 'node', output: { text: 'o'.repeat(400) } }),
  metadata: JSON.stringify({ correlationId: randomUUID(), actor: 'a'.repeat(180) }),
});

export const aStream = (): StreamName => executionStream(newId() as ExecutionId); // a made-up id
/** A run of this length, then the next stream: the table fills with heads to be probed. */
const streamLength = 20;

export const appending = (store: EventStore, writers: number): Step => {
  const streams = Array.from({ length: writers }, () => aStream());
  const heads: (Head | 'no_stream')[] = streams.map(() => 'no_stream');
  return async (writer) => {
    const head = await store.append(streams[writer] ?? aStream(), heads[writer] ?? 'no_stream', [
      anEvent(),
    ]);
    const full = head.revision + 1 >= streamLength;
    if (full) streams[writer] = aStream();
    heads[writer] = full ? 'no_stream' : head;
  };
};

export const inserting = (raw: RawLoop, writers: number): Step => {
  const streams = Array.from({ length: writers }, () => aStream());
  const lengths = streams.map(() => 0);
  return async (writer) => {
    const revision = lengths[writer] ?? 0;
    await raw.insert(writer, streams[writer] ?? aStream(), revision, anEvent());
    const full = revision + 1 >= streamLength;
    if (full) streams[writer] = aStream();
    lengths[writer] = full ? 0 : revision + 1;
  };
};
