drop table engine.snapshots;
