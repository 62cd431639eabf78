-- When the schedules of published workflows are due next, and which open runs each started.
create table engine.schedules (
  schedule_id text primary key,
  workflow_id text not null,
  node_id text not null,
  shard integer not null,
  due_at timestamptz not null
);
create index schedules_by_due on engine.schedules (due_at);

alter table engine.runs add column schedule_id text;
create index runs_by_schedule on engine.runs (schedule_id) where schedule_id is not null;

-- Filled again from the log, so that what was recorded before counts too.
truncate engine.runs, engine.timers;
update engine.checkpoint set position = 0;
