drop table engine.event_firings, engine.event_triggers;
