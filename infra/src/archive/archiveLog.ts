import type { EventStore, FileStorage, StoredEvent } from '@studio/contracts';
import type { Pool } from 'pg';

import { writeBlock } from './archivedBlock.ts';
import { movingEvents } from './movingEvents.ts';

export interface ArchiveParts {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly files: FileStorage;
}

/** One file of the archive, or one that a dry run would make. */
export interface ArchivedBlock {
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
  /** Size of the file; null in a dry run. */
  readonly bytes: number | null;
}

export interface ArchiveOptions {
  /** So many of the newest events stay in the table, 1 at least: the last one tells where the log ends. */
  readonly keep: number;
  readonly dryRun?: boolean;
}

const blockEvents = 5_000;
const blockCharacters = 4 * 1024 * 1024;
export const archivedTo = async (pool: Pool): Promise<bigint> => {
  const { rows } = await pool.query<{ last: string }>(
    'select coalesce(max(last_position), 0) as last from log.archived_blocks',
  );
  return BigInt(rows[0]?.last ?? 0);
};

/** The next whole block behind a position; null when too little is left before `until`. */
const nextBlock = async (
  store: EventStore,
  from: bigint,
  until: bigint,
): Promise<StoredEvent[] | null> => {
  const block: StoredEvent[] = [];
  let characters = 0;
  for (let after = from; after < until;) {
    const { events, upTo } = await store.readAll({ after, limit: 1_000 });
    for (const event of events) {
      if (event.position > until) return null;
      block.push(event);
      characters += event.data.length + event.metadata.length;
      if (block.length === blockEvents || characters >= blockCharacters) return block;
    }
    after = upTo;
  }
  return null;
};

interface StreamPart {
  readonly stream: string;
  readonly first: number;
  readonly last: StoredEvent;
}

const partsOf = (events: readonly StoredEvent[]): StreamPart[] => {
  const parts = new Map<string, StreamPart>();
  for (const event of events) {
    const first = parts.get(event.stream)?.first ?? event.revision;
    parts.set(event.stream, { stream: event.stream, first, last: event });
  }
  return [...parts.values()];
};

/** The block is known and its events leave the table in one transaction: readers see them here or there. */
const moveOut = (
  pool: Pool,
  block: ArchivedBlock & { readonly ref: string },
  parts: StreamPart[],
) =>
  movingEvents(pool, async (client) => {
    const { firstPosition, lastPosition, ref, bytes } = block;
    await client.query(
      `insert into log.archived_blocks (first_position, last_position, ref, bytes)
       values ($1, $2, $3, $4)`,
      [firstPosition, lastPosition, ref, bytes],
    );
    await client.query(
      `insert into log.archived_streams (stream, first_revision, last_revision, last_position, last_hash, block)
       select stream, first, last, position, decode(hash, 'hex'), $6
         from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])
           as part (stream, first, last, position, hash)`,
      [
        parts.map(({ stream }) => stream),
        parts.map(({ first }) => first),
        parts.map(({ last }) => last.revision),
        parts.map(({ last }) => last.position),
        parts.map(({ last }) => last.hash),
        lastPosition,
      ],
    );
    const { rowCount } = await client.query(
      'delete from log.events where position between $1 and $2',
      [firstPosition, lastPosition],
    );
    if (BigInt(rowCount ?? 0) !== lastPosition - firstPosition + 1n)
      throw new Error(`positions ${firstPosition} to ${lastPosition} were moved by someone else`);
  });

/** Of a block, which has at least one event. */
const rangeOf = (events: readonly StoredEvent[]) => ({
  firstPosition: events[0]?.position ?? 0n,
  lastPosition: events.at(-1)?.position ?? 0n,
});

const moveBlock = async (
  { pool, files }: ArchiveParts,
  events: readonly StoredEvent[],
  range: Pick<ArchivedBlock, 'firstPosition' | 'lastPosition'>,
): Promise<ArchivedBlock> => {
  const block = { ...range, ...(await writeBlock(files, events)) };
  await moveOut(pool, block, partsOf(events));
  return { ...range, bytes: block.bytes };
};

/**
 * Moves the oldest events, block by block, from the table into files of the file storage, where the event store
 * goes on reading them. Each file is on disk and was read back before its rows go. Yields each block when it is done.
 */
export async function* archiveLog(
  parts: ArchiveParts,
  { keep, dryRun = false }: ArchiveOptions,
): AsyncGenerator<ArchivedBlock> {
  const { pool, store } = parts;
  const until = (await store.lastPosition()) - BigInt(Math.max(1, keep));
  for (let after = await archivedTo(pool); after < until;) {
    const events = await nextBlock(store, after, until);
    if (!events) return; // what is left fills no block
    const range = rangeOf(events);
    yield dryRun ? { ...range, bytes: null } : await moveBlock(parts, events, range);
    after = range.lastPosition;
  }
}
