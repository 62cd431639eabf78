drop index engine.runs_by_schedule;
alter table engine.runs drop column schedule_id;
drop table engine.schedules;
