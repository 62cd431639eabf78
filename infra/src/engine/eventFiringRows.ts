import {
  type DueEventFiring,
  type EventFiringChanges,
  type EventFirings,
  shardOf,
} from '@studio/contracts';
import type { Pool } from 'pg';

/**
 * The part of the index's one statement that is about event triggers; `moved` is there when the checkpoint is.
 * The runs that end are still among the open ones here, unless they began in the same batch.
 */
export const applyEventFirings = (first: number): string => {
  const [set, gone, ended, settled] = [0, 1, 2, 3].map((place) => `$${first + place}`);
  const fresh = `jsonb_to_recordset(${set}::jsonb)
    as fresh(trigger_id text, workflow_id text, node_id text, workspace_id text, shard int,
             workflow_ids text[], outcomes text[], set_at bigint)`;
  const columns = `trigger_id, workflow_id, node_id, workspace_id, shard, workflow_ids, outcomes, set_at`;
  return `
  event_triggers_gone as (
    delete from engine.event_triggers using moved where trigger_id = any(${gone}::text[])
  ), event_triggers_set as (
    insert into engine.event_triggers (${columns})
    select fresh.* from ${fresh}, moved
    on conflict do nothing
  ), settled as (
    select * from jsonb_to_recordset(${settled}::jsonb)
      as settled(trigger_id text, ended_id text, revision int)
  ), event_firings_gone as (
    delete from engine.event_firings using moved
     where trigger_id = any(${gone}::text[])
        or (trigger_id, ended_id, revision) in (select * from settled)
  ), ended_runs as (
    select ended.*, coalesce(ended.workflow, runs.workflow_id) as workflow_id
      from moved, jsonb_to_recordset(${ended}::jsonb)
             as ended(ended_id text, revision int, ended_at bigint, outcome text,
                      workspace_id text, workflow text)
      left join engine.runs on runs.execution_id = ended.ended_id
  ), known as (
    select ${columns} from engine.event_triggers where not trigger_id = any(${gone}::text[])
    union all select * from ${fresh}
  ), event_firings_due as (
    insert into engine.event_firings (trigger_id, ended_id, revision, ended_at, shard)
    select known.trigger_id, ended.ended_id, ended.revision, ended.ended_at, known.shard
      from ended_runs as ended
      join known on known.workspace_id = ended.workspace_id and known.set_at < ended.ended_at
       and ended.outcome = any(known.outcomes)
       and (known.workflow_ids is null or ended.workflow_id = any(known.workflow_ids))
       and known.workflow_id is distinct from ended.workflow_id
     where (known.trigger_id, ended.ended_id, ended.revision) not in (select * from settled)
    on conflict do nothing
  )`;
};

export const eventFiringParameters = (changes: EventFiringChanges): unknown[] => [
  JSON.stringify(
    changes.set.map((each) => ({
      ...{ trigger_id: each.triggerId, workflow_id: each.workflowId, node_id: each.nodeId },
      ...{ workspace_id: each.workspaceId, shard: shardOf(each.workflowId) },
      ...{ workflow_ids: each.workflowIds, outcomes: each.outcomes },
      set_at: each.setAt.toString(),
    })),
  ),
  changes.gone,
  JSON.stringify(
    changes.ended.map(({ executionId, revision, position, outcome, workspaceId, workflowId }) => ({
      ...{ ended_id: executionId, revision, ended_at: position.toString(), outcome },
      ...{ workspace_id: workspaceId, workflow: workflowId },
    })),
  ),
  JSON.stringify(
    changes.settled.map(({ triggerId, endedExecutionId, endRevision }) => ({
      ...{ trigger_id: triggerId, ended_id: endedExecutionId, revision: endRevision },
    })),
  ),
];

interface Row {
  readonly trigger_id: string;
  readonly ended_id: string;
  readonly revision: number;
  readonly workflow_id: string;
  readonly node_id: string;
}

const dueFirings = `
  select trigger_id, ended_id, revision, workflow_id, node_id
    from engine.event_firings as firings join engine.event_triggers using (trigger_id)
   where firings.shard = any($1) order by ended_at limit $2`;

export const createEventFirings = (pool: Pool): EventFirings => ({
  eventFirings: async (shards, limit) => {
    const all = await pool.query<{ some: boolean }>(
      'select exists (select from engine.event_triggers) as some',
    );
    if (!all.rows[0]?.some) return { firings: [], some: false };
    const { rows } = await pool.query<Row>(dueFirings, [shards, limit]);
    const firings = rows.map((row): DueEventFiring => ({
      ...{ triggerId: row.trigger_id, endedExecutionId: row.ended_id, endRevision: row.revision },
      ...{ workflowId: row.workflow_id, nodeId: row.node_id },
    }));
    return { firings, some: true };
  },
  passFiring: async ({ triggerId, endedExecutionId, endRevision }) => {
    await pool.query(
      'delete from engine.event_firings where trigger_id = $1 and ended_id = $2 and revision = $3',
      [triggerId, endedExecutionId, endRevision],
    );
  },
});
