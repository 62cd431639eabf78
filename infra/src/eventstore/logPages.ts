import {
  type AllRange,
  type EventBatch,
  type FileStorage,
  type Head,
  type StoredEvent,
  type StreamName,
  type StreamRange,
} from '@studio/contracts';
import type { Pool, QueryArrayConfig } from 'pg';

import { createArchiveReader } from '../archive/archiveReader.ts';
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
/** End of the log, up to where it is archived, an event or nulls, and the bytes of the page up to this event. */
type PageRow =
  | [logEnd: string, archived: string, ...EventRow, bytes: string]
  | [logEnd: string, archived: string, ...null[]];
/** An event, or nulls and whether the stream has archived events in this direction. */
type StreamRow = [archived: string, ...EventRow] | [archived: string | null, ...null[]];

const lastArchived =
  'select b.last_position from log.archived_blocks b order by b.last_position desc limit 1';
const lastEvent = 'select e.position from log.events e order by e.position desc limit 1';

/** Archived events are asked for only where the table has none; both in one snapshot. */
const streamPage = (page: string, archived: string): string => `
  select kept.last_revision, page.* from (select) one
  left join lateral (select ${columns} from log.events where stream = $1 and ${page} limit $3) page on true
  left join lateral (select s.last_revision from log.archived_streams s
    where page.position is null and s.stream = $1 and ${archived} limit 1) kept on true`;
const streamForwards = streamPage('revision >= $2 order by revision', 's.last_revision >= $2');
const streamBackwards = streamPage(
  'revision <= $2 order by revision desc',
  's.first_revision <= $2',
);
const headOf = `
  select coalesce(head.position, kept.last_position), coalesce(head.revision, kept.last_revision),
         coalesce(head.hash, kept.last_hash) from (select) one
  left join lateral (select position, revision, hash from log.events
    where stream = $1 order by revision desc limit 1) head on true
  left join lateral (select s.last_position, s.last_revision, s.last_hash from log.archived_streams s
    where head.position is null and s.stream = $1 order by s.last_revision desc limit 1) kept on true`;

/**
 * One snapshot sees both the end of the log and the page, so an empty page proves that nothing lies there.
 * The rows come as the index has them: neither a sort nor a window over all of them holds the page up.
 */
const pageOf = (condition: string): string => `
  select log_end.position, log_end.archived, page.* from (
    select coalesce((${lastEvent}), 0) as position, coalesce((${lastArchived}), 0) as archived
  ) log_end
  left join lateral (
    select ${columns}, bytes from (
      select found.*, sum(octet_length(data) + octet_length(metadata))
               over (order by position rows unbounded preceding) as bytes
        from (select ${columns} from log.events
               where position > $1 and $1 >= log_end.archived and ${condition} order by position limit $2) found
    ) measured where bytes - octet_length(data) - octet_length(metadata) < ${maxPageBytes}
  ) page on true`;
const plainPage = pageOf('true');
const filteredPage = pageOf(`position <= $3
  and ($4::text[] is null or split_part(stream, '-', 1) = any ($4))
  and ($5::text[] is null or type = any ($5))`);

/** Values stay the text that the server sent: no parser of the application's is asked. */
const asText = { getTypeParser: () => (value: string) => value };

const isNothing = (value: unknown): boolean => value === null || value === undefined;

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

/** They nearly always are already: an order that SQL does not promise costs one look. */
const inOrder = (events: StoredEvent[]): StoredEvent[] =>
  events.sort((a, b) => (a.position < b.position ? -1 : 1));

const isEvent = (row: PageRow): row is [string, string, ...EventRow, string] => row[2] !== null;
const hasEvent = (row: StreamRow): row is [string, ...EventRow] => row[1] !== null;

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Up to where a page that was not cut has seen the log. */
const seenTo = ({ after, filter }: AllRange, logEnd: bigint): bigint =>
  filter ? smaller(after + filteredWindow, logEnd) : logEnd;

const logEndOf = (found: readonly PageRow[]): bigint => BigInt(found[0]?.[0] ?? 0);

const asBatch = (range: AllRange, found: readonly PageRow[]): EventBatch => {
  const logEnd = logEndOf(found);
  refuseUnknownPosition(range.after, logEnd);
  const rows = found.filter(isEvent);
  const events = inOrder(rows.map(([, , ...row]) => storedEvent(row)));
  const last = events.at(-1);
  const cut =
    events.length === (range.limit ?? defaultLimit) ||
    rows.some((row) => Number(row[10]) >= maxPageBytes);
  return { events, upTo: last && cut ? last.position : seenTo(range, logEnd) };
};

export const createLogPages = (pool: Pool, archive: FileStorage | null = null): LogPages => {
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

  const archived = createArchiveReader(archive, rows);

  const forwards = async (stream: StreamName, from: number, limit: number) => {
    const found = await rows<StreamRow>('log_stream', streamForwards, [stream, from, limit]);
    const live = found.filter(hasEvent).map(([, ...row]) => storedEvent(row));
    const first = live[0]?.revision ?? (isNothing(found[0]?.[0]) ? from : farEnd);
    if (first <= from) return live;
    const earlier = await archived.forwards(stream, from, Math.min(limit, first - from));
    return [...earlier, ...live].slice(0, limit);
  };

  const backwards = async (stream: StreamName, from: number, limit: number) => {
    const found = await rows<StreamRow>('log_stream_back', streamBackwards, [stream, from, limit]);
    const live = found.filter(hasEvent).map(([, ...row]) => storedEvent(row));
    const next = (live.at(-1)?.revision ?? (isNothing(found[0]?.[0]) ? 0 : from + 1)) - 1;
    if (live.length === limit || next < 0) return live;
    return [...live, ...(await archived.backwards(stream, next, limit - live.length))];
  };

  return {
    readAll: async (range) => {
      refuseBadLimit(range.limit ?? defaultLimit);
      const found = await pageRows(range);
      const isArchived = range.after >= 0n && range.after < BigInt(found[0]?.[1] ?? 0);
      return isArchived ? archived.readAll(range) : asBatch(range, found);
    },
    head: async (stream) => {
      const [row] = await rows<[string, string, string] | null[]>('log_head', headOf, [stream]);
      const [position, revision, hash] = row ?? [];
      return typeof position === 'string' && typeof hash === 'string'
        ? { position: BigInt(position), revision: Number(revision), hash: hexOfBytea(hash) }
        : null;
    },
    readStream: async (stream, range = {}) => {
      const { from, limit = defaultLimit } = range;
      refuseBadLimit(limit);
      return range.backwards
        ? backwards(stream, from ?? farEnd, limit)
        : forwards(stream, from ?? 0, limit);
    },
    lastPosition: async () => BigInt((await rows<[string]>('log_end', lastEvent, []))[0]?.[0] ?? 0),
  };
};
