import { type StreamsQuery, type StreamsView, type StreamView } from '@studio/contracts';
import { positionText } from '@studio/infra';

import type { ReadDatabase, ReadModels } from '../readModels.ts';

/** The first event of a stream sets every column. */
type StreamRow = {
  readonly [Column in keyof ReadModels['streams']]: NonNullable<ReadModels['streams'][Column]>;
};

const streamView = (storeId: string, row: StreamRow): StreamView => ({
  stream: row.stream,
  category: row.category as StreamView['category'], // the projection took it from the stream's name
  revision: row.revision,
  first_position: positionText(storeId, BigInt(row.first_position)),
  last_position: positionText(storeId, BigInt(row.last_position)),
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

/** Names with the same beginning lie together: this one sorts behind all of them. */
const endOf = (prefix: string): string => `${prefix}\u{10ffff}`;

const beginnings = ({ category, prefix = '' }: StreamsQuery): string[] =>
  [prefix, category === undefined ? '' : `${category}-`].filter((text) => text !== '');

/** Streams by name: one range of the primary key, whatever is asked for. */
export const streamsPage = async (
  database: ReadDatabase,
  storeId: string,
  query: StreamsQuery,
): Promise<StreamsView> => {
  const { after, backwards, limit } = query;
  let wanted = database.selectFrom('streams').selectAll();
  for (const begin of beginnings(query))
    wanted = wanted.where('stream', '>=', begin).where('stream', '<', endOf(begin));
  if (after !== undefined) wanted = wanted.where('stream', backwards ? '<' : '>', after);
  const rows = await wanted
    .orderBy('stream', backwards ? 'desc' : 'asc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => streamView(storeId, row as StreamRow)); // see StreamRow
  return { items, next: rows.length > limit ? (items.at(-1)?.stream ?? null) : null };
};
