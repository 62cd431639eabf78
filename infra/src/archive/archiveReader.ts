import {
  type AllRange,
  type EventBatch,
  type FileStorage,
  type StoredEvent,
  type StreamName,
  StudioError,
} from '@studio/contracts';

import { matcher } from '../eventstore/eventFilter.ts';
import { defaultLimit } from '../eventstore/ranges.ts';
import { readBlock } from './archivedBlock.ts';

/** How the reader asks the database; each row an array of texts. */
export type AskRows = <Row extends unknown[]>(
  name: string,
  text: string,
  values: unknown[],
) => Promise<Row[]>;

/** Reads what lies in files of the file storage as if it still lay in the table. */
export interface ArchiveReader {
  /** The next events behind a position that is archived. */
  readAll(range: AllRange): Promise<EventBatch>;
  /** Archived events of a stream between two revisions, both included; forwards. At most so many, from the first on. */
  forwards(stream: StreamName, from: number, limit: number): Promise<StoredEvent[]>;
  /** From a revision down to 0; at most so many. */
  backwards(stream: StreamName, from: number, limit: number): Promise<StoredEvent[]>;
}

/** Blocks are a few megabytes; whoever reads one mostly reads it again for the next page. */
const keptBlocks = 3;

const blockBehind = `select last_position, ref from log.archived_blocks
  where last_position > $1 order by last_position limit 1`;
const blocksOfStream = (condition: string, order: string): string => `
  select b.ref from log.archived_streams s join log.archived_blocks b on b.last_position = s.block
   where s.stream = $1 and ${condition} order by s.last_revision ${order}`;
const forwardBlocks = blocksOfStream('s.last_revision >= $2', 'asc');
const backwardBlocks = blocksOfStream('s.first_revision <= $2', 'desc');

export const createArchiveReader = (files: FileStorage | null, ask: AskRows): ArchiveReader => {
  const kept = new Map<string, Promise<StoredEvent[]>>(); // in the order of last use

  const load = (ref: string): Promise<StoredEvent[]> => {
    if (!files)
      throw new StudioError(
        'unavailable',
        'log.unavailable',
        'archived events need a file storage',
      );
    const loading = kept.get(ref) ?? readBlock(files, ref);
    kept.delete(ref);
    kept.set(ref, loading);
    loading.catch(() => kept.delete(ref));
    const [oldest] = kept.keys();
    if (kept.size > keptBlocks && oldest !== undefined) kept.delete(oldest);
    return loading;
  };

  /** Copies: what a caller does to an event must not reach the next reader of the block. */
  const copies = (events: readonly StoredEvent[]): StoredEvent[] =>
    events.map((event) => ({ ...event }));

  const ofStream = async (
    query: readonly [name: string, text: string],
    [stream, from, limit]: readonly [StreamName, number, number],
    wanted: (event: StoredEvent) => boolean,
  ): Promise<StoredEvent[]> => {
    const found: StoredEvent[] = [];
    const blocks = await ask<[string]>(query[0], query[1], [stream, from]);
    for (const [ref] of blocks) {
      const events = (await load(ref)).filter((event) => event.stream === stream && wanted(event));
      found.push(...(query[0].endsWith('back') ? events.reverse() : events));
      if (found.length >= limit) break;
    }
    return copies(found.slice(0, limit));
  };

  return {
    readAll: async ({ after, filter, limit = defaultLimit }) => {
      const [block] = await ask<[string, string]>('log_block', blockBehind, [after.toString()]);
      if (!block) return { events: [], upTo: after }; // restored meanwhile: the caller asks again
      const [end, ref] = block;
      const matches = matcher(filter);
      const found = (await load(ref)).filter((event) => event.position > after && matches(event));
      const last = found[limit - 1];
      return { events: copies(found.slice(0, limit)), upTo: last ? last.position : BigInt(end) };
    },
    forwards: (stream, from, limit) =>
      ofStream(
        ['log_archived_stream', forwardBlocks],
        [stream, from, limit],
        ({ revision }) => revision >= from,
      ),
    backwards: (stream, from, limit) =>
      ofStream(
        ['log_archived_stream_back', backwardBlocks],
        [stream, from, limit],
        ({ revision }) => revision <= from,
      ),
  };
};
