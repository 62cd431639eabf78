import type { EngineIndex, EventLog, HttpClient, NewEvent, ShardTable } from '@studio/contracts';

import type { Agenda } from './agenda.ts';
import type { IndexRows } from './indexRows.ts';
import type { World } from './world.ts';

/**
 * Ways to break what the executor stands on, so that the simulator can show that it would notice.
 * They wrap ports here; nothing that is shipped knows of them.
 */
export const switches = ['epoch', 'intent', 'checkpoint'] as const;
export type Switch = (typeof switches)[number];

/** The epoch check taken out: whoever takes a shard over has the epoch of the one before. */
export const withoutEpochs = (table: ShardTable): ShardTable => ({
  ...table,
  beat: async (owner) => {
    const { held, now } = await table.beat(owner);
    return { now, held: new Map([...held.keys()].map((shard) => [shard, 1])) };
  },
  take: async (owner, seen) =>
    new Map([...(await table.take(owner, seen)).keys()].map((shard) => [shard, 1])),
});

const intentsIn = (events: readonly NewEvent[]) =>
  events.flatMap(({ type, data }) => (type === 'NodeStarted' ? [data] : []));

const isUnsafe = (input: unknown): boolean => JSON.stringify(input).includes('/unsafe');

/** The intent written after the effect: what an append is to announce happens before it. */
export const effectsFirst = (log: EventLog, world: World): EventLog => ({
  ...log,
  append: (stream, expected, events, keys) => {
    // An event of some types is an event; TypeScript cannot see it through the generic union.
    for (const { idempotencyKey: key, input } of intentsIn(events as readonly NewEvent[]))
      world.receive({ key, unsafe: isUnsafe(input) });
    return log.append(stream, expected, events, keys);
  },
});

/** What was performed before its intent is not performed again after it. */
export const alreadyPerformed: HttpClient = {
  request: async () => ({ status: 200, headers: {}, body: null }),
};

/** The checkpoint moved before the rows: two writes, with a moment between them. */
export const checkpointFirst = (index: IndexRows, agenda: Agenda): EngineIndex => ({
  ...index,
  apply: (changes, from, to) =>
    new Promise((resolve) => {
      const moved = index.move(from, to);
      agenda.in(1, () => {
        if (moved) index.write(changes);
        resolve(moved);
      });
    }),
});
