import {
  type ChildChanges,
  type ChildOrder,
  type Children,
  type ExecutionId,
  shardOf,
} from '@studio/contracts';
import type { Pool } from 'pg';

/**
 * The part of the index's one statement that is about children; `moved` is there when the checkpoint is.
 * Its changes see the rows as they were before, so each row is changed by one of its parts alone.
 */
export const applyChildren = (first: number): string => {
  const [awaited, ended, reopened, parents, gone, unawaited] = [0, 1, 2, 3, 4, 5].map(
    (place) => `$${first + place}::text[]`,
  );
  return `
  children_gone as (
    delete from engine.children using moved where child_id = any(${gone})
  ), children_changed as (
    update engine.children set
        awaited = awaited or child_id = any(${awaited}),
        ended = (ended or child_id = any(${ended})) and not child_id = any(${reopened}),
        orphaned = orphaned or parent_id = any(${parents}) or child_id = any(${unawaited})
      from moved
     where (child_id = any(${awaited}) or child_id = any(${ended}) or child_id = any(${reopened})
            or parent_id = any(${parents}) or child_id = any(${unawaited}))
       and not child_id = any(${gone})
  ), children_begun as (
    insert into engine.children
        (child_id, parent_id, child_shard, parent_shard, awaited, ended, orphaned)
    select child.id, child.parent, child.shard, child.parent_shard, child.awaited, child.ended,
           coalesce(child.orphaned, not exists (
             select from engine.runs where runs.execution_id = child.parent))
      from jsonb_to_recordset($${first + 6}::jsonb)
             as child(id text, parent text, shard int, parent_shard int,
                      awaited boolean, ended boolean, orphaned boolean),
           moved
    on conflict do nothing
  )`;
};

export const childParameters = ({
  begun,
  awaited,
  ended,
  reopened,
  parentsEnded,
  gone,
  unawaited,
}: ChildChanges): unknown[] => [
  ...[awaited, ended, reopened, parentsEnded, gone, unawaited],
  JSON.stringify(
    begun.map((child) => ({
      ...{ id: child.childId, shard: shardOf(child.childId) },
      ...{ parent: child.parentId, parent_shard: shardOf(child.parentId) },
      ...{ awaited: child.awaited, ended: child.ended, orphaned: child.orphaned },
    })),
  ),
];

/** Rows of orphans that have ended are of no more use. */
const childOrders = `
  with over as (delete from engine.children where orphaned and ended)
  select child_id, parent_id, orphaned from engine.children
   where (awaited and ended and not orphaned and parent_shard = any($1))
      or (orphaned and not ended and child_shard = any($1))
   limit $2`;

export const createChildren = (pool: Pool): Children => ({
  childOrders: async (shards, limit) => {
    const all = await pool.query<{ some: boolean }>(
      'select exists (select from engine.children) as some',
    );
    if (!all.rows[0]?.some) return { orders: [], some: false };
    const { rows } = await pool.query<{
      child_id: ExecutionId;
      parent_id: ExecutionId;
      orphaned: boolean;
    }>(childOrders, [shards, limit]);
    const orders = rows.map(({ child_id, parent_id, orphaned }): ChildOrder => ({
      ...{ childId: child_id, parentId: parent_id, order: orphaned ? 'cancel' : 'take_up' },
    }));
    return { orders, some: true };
  },
});
