import type { StreamName } from '@studio/contracts';
import { momentAt, momentOf } from '@studio/infra';
import { sql } from 'kysely';

import type { ReadDatabase } from '../readModels.ts';

/** A part of the log: behind `after`, and up to `last` if that is known. Both are positions of events. */
export interface LogPart {
  readonly after: bigint;
  readonly last: bigint | null;
}

/** Says where to look in the log, so that no search has to begin at its beginning. Level with the log or not, `after` is true. */
export interface LogPlaces {
  /** Where an event of that id can stand; null when the projection has seen none of its time. */
  ofEvent(eventId: string): Promise<LogPart | null>;
  ofTimes(times: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  }): Promise<LogPart>;
  ofCorrelation(correlationId: string): Promise<LogPart>;
  /** Some streams that hold events of a correlation. */
  streamsOf(correlationId: string, limit: number): Promise<readonly StreamName[]>;
  /** An event's position before that one, with about so many events between them; 0n when there are not so many. */
  stepBack(before: bigint, events: number): Promise<bigint>;
}

/** Clocks of the processes and of the database may differ by so much. */
const skewMs = 10 * 60_000;

const bigintOf = (text: string | null | undefined): bigint | null =>
  text === null || text === undefined ? null : BigInt(text);

export const createLogPlaces = (database: ReadDatabase): LogPlaces => {
  const moments = () => database.selectFrom('moments');

  /** The last event of a moment that ended before this position. */
  const cutBefore = async (position: bigint): Promise<bigint> => {
    const row = await moments()
      .select('last_position')
      .where('last_position', '<', String(position))
      .orderBy('last_position', 'desc')
      .limit(1)
      .executeTakeFirst();
    return bigintOf(row?.last_position) ?? 0n;
  };

  const partBetween = async (first: bigint | null, last: bigint | null): Promise<LogPart> => ({
    after: first === null ? 0n : await cutBefore(first),
    last,
  });

  const lastBefore = async (moment: string): Promise<bigint | null> => {
    const row = await moments()
      .select('last_position')
      .where('moment', '<', moment)
      .orderBy('moment', 'desc')
      .limit(1)
      .executeTakeFirst();
    return bigintOf(row?.last_position);
  };

  const firstAfter = async (moment: string): Promise<bigint | null> => {
    const row = await moments()
      .select('first_position')
      .where('moment', '>', moment)
      .orderBy('moment')
      .limit(1)
      .executeTakeFirst();
    return bigintOf(row?.first_position);
  };

  return {
    ofEvent: async (eventId) => {
      const row = await moments()
        .select(['first_position', 'last_position'])
        .where('moment', '=', momentOf(eventId))
        .executeTakeFirst();
      return row ? partBetween(bigintOf(row.first_position), bigintOf(row.last_position)) : null;
    },
    ofTimes: async ({ from, to }) => ({
      after:
        (from === undefined ? null : await lastBefore(momentAt(Date.parse(from) - skewMs))) ?? 0n,
      last: to === undefined ? null : await firstAfter(momentAt(Date.parse(to) + skewMs)),
    }),
    ofCorrelation: async (correlationId) => {
      const row = await database
        .selectFrom('correlations')
        .innerJoin('streams', 'streams.stream', 'correlations.stream')
        .where('correlations.correlation_id', '=', correlationId)
        .select([
          sql<string | null>`min(streams.first_position)`.as('first'),
          sql<string | null>`max(streams.last_position)`.as('last'),
        ])
        .executeTakeFirst();
      return partBetween(bigintOf(row?.first), bigintOf(row?.last) ?? 0n);
    },
    streamsOf: async (correlationId, limit) => {
      const rows = await database
        .selectFrom('correlations')
        .select('stream')
        .where('correlation_id', '=', correlationId)
        .orderBy('stream')
        .limit(limit)
        .execute();
      return rows.flatMap(({ stream }) => (stream === null ? [] : [stream as StreamName])); // the projection took it from an event
    },
    stepBack: async (before, events) => {
      const rows = await moments()
        .select(['last_position', 'events'])
        .where('last_position', '<', String(before))
        .orderBy('last_position', 'desc')
        .limit(events + 1)
        .execute();
      let between = 0;
      for (const row of rows) {
        if (between >= events) return BigInt(row.last_position ?? 0);
        between += Number(row.events);
      }
      return 0n;
    },
  };
};
