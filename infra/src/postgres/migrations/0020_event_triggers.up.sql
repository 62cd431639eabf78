-- Which ends of runs start a published workflow, and which of those have not done so yet.
create table engine.event_triggers (
  trigger_id text primary key,
  workflow_id text not null,
  node_id text not null,
  workspace_id text not null,
  shard integer not null,
  -- Null: every workflow of the workspace but its own.
  workflow_ids text[],
  outcomes text[] not null,
  set_at bigint not null
);
create index event_triggers_of on engine.event_triggers (workspace_id);

create table engine.event_firings (
  trigger_id text not null,
  ended_id text not null,
  revision integer not null,
  ended_at bigint not null,
  shard integer not null,
  primary key (trigger_id, ended_id, revision)
);
create index event_firings_of on engine.event_firings (shard, ended_at);
