import { randomUUID } from 'node:crypto';

import {
  type EventBatch,
  type EventStore,
  type EventToAppend,
  type ExecutionId,
  executionStream,
  type Head,
  type StoredEvent,
  type StreamName,
  type UserId,
  userStream,
} from '@studio/contracts';

export const anExecution = (): StreamName => executionStream(randomUUID() as ExecutionId); // a made-up id
export const aUser = (): StreamName => userStream(randomUUID() as UserId); // a made-up id

/** About 800 bytes, as the events of a run have. */
export const anEvent = (changes: Partial<EventToAppend> = {}): EventToAppend => ({
  eventId: randomUUID(),
  type: 'NodeCompleted',
  data: JSON.stringify({ output: 'x'.repeat(400) }),
  metadata: JSON.stringify({ actor: 'y'.repeat(250) }),
  ...changes,
});

export const events = (count: number, changes: Partial<EventToAppend> = {}): EventToAppend[] =>
  Array.from({ length: count }, () => anEvent(changes));

/** Appends one event after the other to a stream of its own; answers the positions it was given. */
export const writeAlone = async (store: EventStore, count: number): Promise<bigint[]> => {
  const stream = anExecution();
  let head: Head | 'no_stream' = 'no_stream';
  const positions: bigint[] = [];
  for (let written = 0; written < count; written += 1) {
    head = await store.append(stream, head, [anEvent()]);
    positions.push(head.position);
  }
  return positions;
};

/** Takes batches until one reaches `upTo`; answers every event that came. */
export const takeUpTo = async (
  batches: AsyncIterable<EventBatch>,
  upTo: bigint,
): Promise<StoredEvent[]> => {
  const taken: StoredEvent[] = [];
  for await (const batch of batches) {
    taken.push(...batch.events);
    if (batch.upTo >= upTo) break;
  }
  return taken;
};

export const positionsOf = (stored: readonly StoredEvent[]): bigint[] =>
  stored.map(({ position }) => position);

/** 1n, 2n, … */
export const countingFrom = (first: bigint, count: number): bigint[] =>
  Array.from({ length: count }, (_, index) => first + BigInt(index));
