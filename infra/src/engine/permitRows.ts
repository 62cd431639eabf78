import { type PermitChanges, shardOf } from '@studio/contracts';

/** The part of the index's one statement that is about permits; `moved` is there when the checkpoint is. */
export const applyPermits = (first: number): string => `
  permits_gone as (
    delete from engine.permits using moved where execution_id = any($${first}::text[])
  ), permits_asked as (
    insert into engine.permits (execution_id, shard, requested_at, asked_at, priority,
                                keys, most, within_ms, quiet_key, quiet_at, latest_at,
                                granted, recorded)
    select asked.* from jsonb_to_recordset($${first + 1}::jsonb)
             as asked(id text, shard int, requested_at int, asked_at bigint, priority int,
                      keys text[], most int[], within_ms bigint[], quiet_key text,
                      quiet_at timestamptz, latest_at timestamptz, granted boolean, recorded boolean),
           moved
    on conflict (execution_id) do update
      set (requested_at, asked_at, priority, keys, most, within_ms,
           quiet_key, quiet_at, latest_at, granted, recorded)
        = (excluded.requested_at, excluded.asked_at, excluded.priority, excluded.keys,
           excluded.most, excluded.within_ms, excluded.quiet_key, excluded.quiet_at,
           excluded.latest_at, excluded.granted, excluded.recorded)
      where permits.requested_at < excluded.requested_at or excluded.granted
  ), permits_granted as (
    update engine.permits as permits set granted = true, recorded = true
      from moved, unnest($${first + 2}::text[], $${first + 3}::int[]) as granted(id, requested_at)
     where permits.execution_id = granted.id and permits.requested_at = granted.requested_at
       and not permits.recorded
  ), starts_counted as (
    insert into engine.starts (key, execution_id, requested_at, until)
    select counted.* from unnest($${first + 4}::text[], $${first + 5}::text[], $${first + 6}::int[],
                                 $${first + 7}::timestamptz[]) as counted(key, id, requested_at, until),
           moved
    on conflict do nothing
  ), permits_hurried as (
    update engine.permits as permits set latest_at = least(permits.latest_at, hurried.latest_at)
      from moved, unnest($${first + 8}::text[], $${first + 9}::timestamptz[]) as hurried(id, latest_at)
     where permits.execution_id = hurried.id and not permits.granted
  )`;

export const permitParameters = (changes: PermitChanges): unknown[] => [
  changes.gone,
  JSON.stringify(
    changes.asked.map((row) => ({
      ...{ id: row.executionId, shard: shardOf(row.executionId), requested_at: row.requestedAt },
      ...{ asked_at: row.askedAt.toString(), priority: row.priority },
      keys: row.permits.map(({ key }) => key),
      most: row.permits.map(({ most }) => most),
      within_ms: row.permits.map(({ withinMs }) => withinMs ?? 0),
      quiet_key: row.debounced?.key ?? null,
      quiet_at: row.debounced?.quietAt ?? null,
      latest_at: row.debounced?.latestAt ?? null,
      ...{ granted: row.granted, recorded: row.granted },
    })),
  ),
  changes.granted.map(({ executionId }) => executionId),
  changes.granted.map(({ requestedAt }) => requestedAt),
  changes.counted.map(({ key }) => key),
  changes.counted.map(({ executionId }) => executionId),
  changes.counted.map(({ requestedAt }) => requestedAt),
  changes.counted.map(({ until }) => until),
  changes.hurried.map(({ executionId }) => executionId),
  changes.hurried.map(({ latestAt }) => latestAt),
];
