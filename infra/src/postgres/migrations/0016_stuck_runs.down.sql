alter table engine.executors drop column stuck_runs;
