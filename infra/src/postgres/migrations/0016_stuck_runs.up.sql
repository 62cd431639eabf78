-- The runs that the watchdog of an executor named last: made no progress though they could.
alter table engine.executors add column stuck_runs text not null default '[]';
