import type { FileStorage, StoredEvent } from '@studio/contracts';
import type { PoolClient } from 'pg';

import { readBlock } from './archivedBlock.ts';
import type { ArchivedBlock, ArchiveParts } from './archiveLog.ts';
import { movingEvents } from './movingEvents.ts';

const putBack = (client: PoolClient, events: readonly StoredEvent[]) =>
  client.query(
    `insert into log.events (position, revision, event_id, stream, type, data, metadata, hash)
     select position, revision, id, stream, type, data, metadata, decode(hash, 'hex')
       from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         as event (position, revision, id, stream, type, data, metadata, hash)`,
    [
      events.map(({ position }) => position),
      events.map(({ revision }) => revision),
      events.map(({ eventId }) => eventId),
      events.map(({ stream }) => stream),
      events.map(({ type }) => type),
      events.map(({ data }) => data),
      events.map(({ metadata }) => metadata),
      events.map(({ hash }) => hash),
    ],
  );

interface BlockRow {
  readonly first: string;
  readonly last: string;
  readonly ref: string;
  readonly bytes: string;
}

const restoreNewest = async (
  client: PoolClient,
  files: FileStorage,
): Promise<ArchivedBlock | null> => {
  const { rows } = await client.query<BlockRow>(
    `select first_position as first, last_position as last, ref, bytes from log.archived_blocks
      order by last_position desc limit 1`,
  );
  const [block] = rows;
  if (!block) return null;
  await putBack(client, await readBlock(files, block.ref));
  await client.query('delete from log.archived_blocks where last_position = $1', [block.last]);
  const [firstPosition, lastPosition] = [BigInt(block.first), BigInt(block.last)];
  return { firstPosition, lastPosition, bytes: Number(block.bytes) };
};

/** Brings archived events back into the table, the newest block first; the files stay. Yields each block when it is done. */
export async function* restoreArchive({
  pool,
  files,
}: Omit<ArchiveParts, 'store'>): AsyncGenerator<ArchivedBlock> {
  for (;;) {
    const done = await movingEvents(pool, (client) => restoreNewest(client, files));
    if (!done) return;
    yield done;
  }
}
