drop table engine.checkpoint;
drop table engine.timers;
drop table engine.runs;
drop table engine.shards;
