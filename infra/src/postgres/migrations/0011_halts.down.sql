drop index engine.runs_halted;
alter table engine.runs drop column workflow_id, drop column workspace_id, drop column paused_by;
alter table engine.schedules drop column workspace_id;
drop table engine.halts;
