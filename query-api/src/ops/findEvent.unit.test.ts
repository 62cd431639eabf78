import { expect, it } from '@jest/globals';
import type { RecordedBatch, RecordedEvent } from '@studio/contracts';

import { findEvent } from './findEvent.ts';

/** A log of so many events, of which the projection has read some; each event is called by its position. */
const finder = (events: number, readByProjection: number, known: readonly string[] = []) => ({
  log: {
    lastPosition: () => Promise.resolve(BigInt(events)),
    readAll: ({ after }: { after: bigint }): Promise<RecordedBatch> => {
      const upTo = after + 1_000n < events ? after + 1_000n : BigInt(events);
      const page = Array.from({ length: Number(upTo - after) }, (_, index) => ({
        ...{ eventId: String(Number(after) + 1 + index) },
      })) as unknown as RecordedEvent[]; // nothing else of them is looked at
      return Promise.resolve({ events: page, upTo });
    },
  },
  places: {
    ofEvent: (id: string) =>
      Promise.resolve(known.includes(id) ? { after: BigInt(id) - 1n, last: BigInt(id) } : null),
  },
  positions: {
    positions: () =>
      Promise.resolve([
        ...[
          { projection: 'executions', generation: '1', position: 1n, lagMs: 0, parkedStreams: 0 },
        ],
        {
          ...{ projection: 'streams', generation: '1', lagMs: 0, parkedStreams: 0 },
          position: BigInt(readByProjection),
        },
      ]),
  },
});

it.each([
  ['where the projection says', 50_000, 60, '12'],
  ['in what the projection has not read yet', 5_000, 60, '4321'],
])('finds an event %s', async (_, events, read, id) => {
  expect(await findEvent(finder(events, read, ['12']), id)).toMatchObject({ eventId: id });
});

it('knows no event that is in neither', async () => {
  await expect(findEvent(finder(5_000, 60), '59')).rejects.toMatchObject({
    code: 'event.not_found',
  });
});

it('asks for patience while there is too much to look through', async () => {
  await expect(findEvent(finder(50_000, 60), '59')).rejects.toMatchObject({
    code: 'service.unavailable',
  });
});
