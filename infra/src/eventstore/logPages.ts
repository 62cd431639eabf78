import {
  type AllRange,
  type EventBatch,
  type Head,
  type StoredEvent,
  type StreamName,
  type StreamRange,
} from '@studio/contracts';
import type { Pool, QueryArrayConfig } from 'pg';

import { readError } from './databaseErrors.ts';
import { defaultLimit, refuseBadLimit, refuseUnknownPosition } from './ranges.ts';

/** The reading half of the Postgres log. Every error is `log.unavailable` or `position.unknown`. */
export interface LogPages {
  head(stream: StreamName): Promise<Head | null>;
  readStream(stream: StreamName, range?: StreamRange): Promise<StoredEvent[]>;
  readAll(range: AllRange): Promise<EventBatch>;
  lastPosition(): Promise<bigint>;
}

/** So many positions are looked at for one page, however few of them pass its filter. */
const filteredWindow = 10_000n;
/** A page of `$all` ends here even if its limit is not reached, so that reading has bounded memory. */
const maxPageBytes = 8 * 1024 * 1024;

const farEnd = Number.MAX_SAFE_INTEGER;

const columns = 'position, revision, event_id, stream, type, data, metadata, hash';
type EventRow = [string, string, string, string, string, string, string, string];
/** End of the log, an event or nulls, and how many events were found before the page was cut by its bytes. */
type PageRow = [logEnd: string, ...EventRow, found: string] | [logEnd: string, ...null[]];

const lastEvent = 'select e.position from log.events e order by e.position desc limit 1';

const streamForwards = `select ${columns} from log.events
  where stream = $1 and revision >= $2 order by revision limit $3`;
const streamBackwards = `select ${columns} from log.events
  where stream = $1 and revision <= $2 order by revision desc limit $3`;
const headOf = `select position, revision, hash from log.events
  where stream = $1 order by revision desc limit 1`;

/** One snapshot sees both the end of the log and the page, so an empty page proves that nothing lies there. */
const pageOf = (condition: string): string => `
  select log_end.position, page.* from (select coalesce((${lastEvent}), 0) as position) log_end
  left join lateral (
    select ${columns}, found from (
      select found.*, count(*) over () as found,
             sum(octet_length(data) + octet_length(metadata)) over (order by position)
               - octet_length(data) - octet_length(metadata) as bytes_before
        from (select ${columns} from log.events
               where position > $1 and ${condition} order by position limit $2) found
    ) measured where bytes_before < ${maxPageBytes}
  ) page on true order by page.position`;
const plainPage = pageOf('true');
const filteredPage = pageOf(`position <= $3
  and ($4::text[] is null or split_part(stream, '-', 1) = any ($4))
  and ($5::text[] is null or type = any ($5))`);

/** Values stay the text that the server sent: no parser of the application's is asked. */
const asText = { getTypeParser: () => (value: string) => value };

const hexOfBytea = (text: string): string => text.slice(2); // '\x…'

const storedEvent = (row: readonly [...EventRow, ...unknown[]]): StoredEvent => ({
  position: BigInt(row[0]),
  revision: Number(row[1]),
  eventId: row[2],
  stream: row[3] as StreamName, // only names that append accepted are stored
  type: row[4],
  data: row[5],
  metadata: row[6],
  hash: hexOfBytea(row[7]),
});

const isEvent = (row: PageRow): row is [string, ...EventRow, string] => row[1] !== null;

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Up to where a page that was not cut has seen the log. */
const seenTo = ({ after, filter }: AllRange, logEnd: bigint): bigint =>
  filter ? smaller(after + filteredWindow, logEnd) : logEnd;

const logEndOf = (found: readonly PageRow[]): bigint => BigInt(found[0]?.[0] ?? 0);

const asBatch = (range: AllRange, found: readonly PageRow[]): EventBatch => {
  const logEnd = logEndOf(found);
  refuseUnknownPosition(range.after, logEnd);
  const rows = found.filter(isEvent);
  const events = rows.map(([, ...row]) => storedEvent(row));
  const last = rows.at(-1);
  if (!last) return { events, upTo: seenTo(range, logEnd) };
  const uncut = Number(last[9]);
  const cut = uncut === (range.limit ?? defaultLimit) || uncut > events.length;
  return { events, upTo: cut ? BigInt(last[1]) : seenTo(range, logEnd) };
};

export const createLogPages = (pool: Pool): LogPages => {
  const rows = async <Row extends unknown[]>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> => {
    const query: QueryArrayConfig = { name, text, values, rowMode: 'array', types: asText };
    try {
      return (await pool.query<Row>(query)).rows;
    } catch (error) {
      throw readError(error);
    }
  };

  const pageRows = ({ after, filter, limit = defaultLimit }: AllRange): Promise<PageRow[]> => {
    const values = [after.toString(), limit];
    if (!filter) return rows('log_page', plainPage, values);
    const { categories = null, types = null } = filter;
    const end = (after + filteredWindow).toString();
    return rows('log_filtered_page', filteredPage, [...values, end, categories, types]);
  };

  const streamRows = (stream: StreamName, range: StreamRange): Promise<EventRow[]> => {
    const { from, limit = defaultLimit } = range;
    return range.backwards
      ? rows('log_stream_back', streamBackwards, [stream, from ?? farEnd, limit])
      : rows('log_stream', streamForwards, [stream, from ?? 0, limit]);
  };

  return {
    readAll: async (range) => {
      refuseBadLimit(range.limit ?? defaultLimit);
      return asBatch(range, await pageRows(range));
    },
    head: async (stream) => {
      const [row] = await rows<[string, string, string]>('log_head', headOf, [stream]);
      return row
        ? { position: BigInt(row[0]), revision: Number(row[1]), hash: hexOfBytea(row[2]) }
        : null;
    },
    readStream: async (stream, range = {}) => {
      refuseBadLimit(range.limit ?? defaultLimit);
      return (await streamRows(stream, range)).map(storedEvent);
    },
    lastPosition: async () => BigInt((await rows<[string]>('log_end', lastEvent, []))[0]?.[0] ?? 0),
  };
};
