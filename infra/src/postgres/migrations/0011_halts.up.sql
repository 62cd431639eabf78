-- Which kill switches are on, and what tells the open runs apart that they concern.
create table engine.halts (
  scope_id text primary key,
  runs text not null,
  reason text
);

alter table engine.runs
  add column workflow_id text,
  add column workspace_id text,
  add column paused_by text;
create index runs_halted on engine.runs (shard) where paused_by = 'halt';
alter table engine.schedules add column workspace_id text;

-- Filled again from the log, so that what was recorded before counts too.
truncate engine.runs, engine.timers, engine.schedules;
update engine.checkpoint set position = 0;
