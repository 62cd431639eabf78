import {
  type DueTimer,
  type EngineIndex,
  type ExecutionId,
  executionStream,
  type IndexChanges,
  shardOf,
} from '@studio/contracts';
import type { Pool } from 'pg';

import { applyChildren, childParameters, createChildren } from './childRows.ts';
import { createDueSchedules } from './dueSchedules.ts';
import { applyEventFirings, createEventFirings, eventFiringParameters } from './eventFiringRows.ts';
import { createHalts } from './halts.ts';
import { applyPermits, permitParameters } from './permitRows.ts';

/**
 * One statement for all of it, so that a batch costs one round trip. Its changes to one table see
 * the table as it was before: the caller has folded the batch, so no row is both set and removed (the timers
 * of a run that failed and was retried within the batch are told apart here).
 */
const applyChanges = `
  with moved as (
    update engine.checkpoint set position = $2 where position = $1 returning 1
  ), opened as (
    insert into engine.runs (execution_id, shard, schedule_id, workflow_id, workspace_id, paused_by,
                             opened_at)
    select opened.id, opened.shard, opened.schedule, opened.workflow, opened.workspace, opened.paused,
           opened.at
      from unnest($3::text[], $4::int[], $13::text[], $23::text[], $24::text[], $25::text[],
                  $33::bigint[])
             as opened(id, shard, schedule, workflow, workspace, paused, at), moved
    on conflict (execution_id) do update
      set (paused_by, opened_at) = (excluded.paused_by, excluded.opened_at)
  ), paused as (
    update engine.runs as runs set paused_by = paused.by
      from moved, unnest($26::text[], $27::text[]) as paused(id, by)
     where runs.execution_id = paused.id and not runs.execution_id = any($5::text[])
  ), halts_gone as (
    delete from engine.halts using moved where scope_id = any($28::text[])
  ), halts_set as (
    insert into engine.halts (scope_id, runs, reason)
    select halt.scope, halt.runs, halt.reason
      from unnest($29::text[], $30::text[], $31::text[]) as halt(scope, runs, reason), moved
    on conflict (scope_id) do update set runs = excluded.runs, reason = excluded.reason
  ), ended as (
    delete from engine.runs using moved where execution_id = any($5::text[])
  ), ended_snapshots as (
    delete from engine.snapshots using moved where stream = any($22::text[])
  ), ended_timers as (
    delete from engine.timers using moved
     where (execution_id = any($5::text[]) or execution_id = any($12::text[]))
       and (execution_id, timer_id) not in (select * from unnest($8::text[], $9::text[]))
  ), gone as (
    delete from engine.timers as timers
     using moved, unnest($6::text[], $7::text[]) as gone(id, timer)
     where timers.execution_id = gone.id and timers.timer_id = gone.timer
  ), timers_set as (
    insert into engine.timers (execution_id, timer_id, shard, due_at)
    select due.id, due.timer, due.shard, due.at
      from unnest($8::text[], $9::text[], $10::int[], $11::timestamptz[])
             as due(id, timer, shard, at), moved
    on conflict (execution_id, timer_id) do update set due_at = excluded.due_at
  ), schedules_gone as (
    delete from engine.schedules using moved where schedule_id = any($19::text[])
  ), schedules_moved as (
    update engine.schedules as schedules set due_at = later.at
      from moved, unnest($20::text[], $21::timestamptz[]) as later(schedule, at)
     where schedules.schedule_id = later.schedule and schedules.due_at < later.at
  ), schedules_set as (
    insert into engine.schedules (schedule_id, workflow_id, node_id, shard, due_at, workspace_id)
    select due.schedule, due.workflow, due.node, due.shard, due.at, due.workspace
      from unnest($14::text[], $15::text[], $16::text[], $17::int[], $18::timestamptz[], $32::text[])
             as due(schedule, workflow, node, shard, at, workspace), moved
    on conflict (schedule_id) do update set due_at = excluded.due_at
  ), ${applyPermits(34)}, ${applyChildren(44)}, ${applyEventFirings(51)}
  select count(*)::int as moved from moved`;

const parameters = (changes: IndexChanges, from: bigint, to: bigint): unknown[] => [
  from.toString(),
  to.toString(),
  changes.opened.map(({ executionId }) => executionId),
  changes.opened.map(({ executionId }) => shardOf(executionId)),
  changes.ended,
  changes.timersGone.map(({ executionId }) => executionId),
  changes.timersGone.map(({ timerId }) => timerId),
  changes.timersSet.map(({ executionId }) => executionId),
  changes.timersSet.map(({ timerId }) => timerId),
  changes.timersSet.map(({ executionId }) => shardOf(executionId)),
  changes.timersSet.map(({ dueAt }) => dueAt),
  changes.failing,
  changes.opened.map(({ scheduleId }) => scheduleId),
  changes.schedulesSet.map(({ scheduleId }) => scheduleId),
  changes.schedulesSet.map(({ workflowId }) => workflowId),
  changes.schedulesSet.map(({ nodeId }) => nodeId),
  changes.schedulesSet.map(({ workflowId }) => shardOf(workflowId)),
  changes.schedulesSet.map(({ dueAt }) => dueAt),
  changes.schedulesGone,
  changes.schedulesMoved.map(({ scheduleId }) => scheduleId),
  changes.schedulesMoved.map(({ dueAt }) => dueAt),
  [...changes.ended, ...changes.erased].map(executionStream),
  changes.opened.map(({ workflowId }) => workflowId),
  changes.opened.map(({ workspaceId }) => workspaceId),
  changes.opened.map(({ pausedBy }) => pausedBy),
  changes.paused.map(({ executionId }) => executionId),
  changes.paused.map(({ by }) => by),
  changes.haltsGone,
  changes.haltsSet.map(({ scopeId }) => scopeId),
  changes.haltsSet.map(({ runs }) => runs),
  changes.haltsSet.map(({ reason }) => reason),
  changes.schedulesSet.map(({ workspaceId }) => workspaceId),
  changes.opened.map(({ openedAt }) => openedAt.toString()),
  ...permitParameters(changes.permits),
  ...childParameters(changes.children),
  ...eventFiringParameters(changes.events),
];

const unpausedRuns = `
  select execution_id from engine.runs as runs
   where shard = any($1) and execution_id > $2 and paused_by is null
     and not exists (select from engine.permits
                      where permits.execution_id = runs.execution_id and not granted)
   order by execution_id limit $3`;
const dueTimers = `
  select execution_id, timer_id from engine.timers
   where shard = any($1) and due_at <= clock_timestamp() order by due_at limit $2`;
const nextTimer = `
  select clock_timestamp() as now,
         (select extract(epoch from min(due_at) - clock_timestamp()) * 1000 from engine.timers
           where shard = any($1) and due_at > clock_timestamp())::float8 as next_in_ms`;

/**
 * The executor's index in Postgres. Its commits need no flush of their own
 * (`synchronous_commit = off` on these connections): rows and checkpoint are lost together, and
 * what is lost is read from the log again.
 */
export const createEngineIndex = (pool: Pool): EngineIndex => ({
  ...createDueSchedules(pool),
  ...createHalts(pool),
  ...createChildren(pool),
  ...createEventFirings(pool),

  checkpoint: async () => {
    const { rows } = await pool.query<{ position: string }>(
      'select position from engine.checkpoint',
    );
    return BigInt(rows[0]?.position ?? 0);
  },

  apply: async (changes, from, to) => {
    const { rows } = await pool.query<{ moved: number }>({
      name: 'engine-index-apply',
      text: applyChanges,
      values: parameters(changes, from, to),
    });
    return rows[0]?.moved === 1;
  },

  openRuns: async (shards) => {
    const { rows } = await pool.query<{ execution_id: ExecutionId }>(
      'select execution_id from engine.runs where shard = any($1)',
      [shards],
    );
    return rows.map((row) => row.execution_id);
  },

  unpausedRuns: async (shards, { after, limit }) => {
    const { rows } = await pool.query<{ execution_id: ExecutionId }>(unpausedRuns, [
      ...[shards, after, limit],
    ]);
    return rows.map((row) => row.execution_id);
  },

  due: async (shards, limit) => {
    const due = await pool.query<{ execution_id: ExecutionId; timer_id: string }>(dueTimers, [
      shards,
      limit,
    ]);
    const next = await pool.query<{ now: Date; next_in_ms: number | null }>(nextTimer, [shards]);
    return {
      timers: due.rows.map((row): DueTimer => ({
        executionId: row.execution_id,
        timerId: row.timer_id,
      })),
      now: (next.rows[0]?.now ?? new Date(0)).toISOString(), // the query always yields one row
      nextInMs: next.rows[0]?.next_in_ms ?? null,
    };
  },

  reset: async () => {
    await pool.query(
      `truncate engine.runs, engine.timers, engine.schedules, engine.halts, engine.snapshots,
                engine.permits, engine.starts, engine.children, engine.event_triggers,
                engine.event_firings`,
    );
    await pool.query('update engine.checkpoint set position = 0');
  },
});
