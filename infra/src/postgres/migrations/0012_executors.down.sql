drop table engine.executors;
