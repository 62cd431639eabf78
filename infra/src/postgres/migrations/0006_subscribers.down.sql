drop table engine.subscribers;
