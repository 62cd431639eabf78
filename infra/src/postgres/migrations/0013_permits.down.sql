drop function engine.grant_permits();
drop table engine.starts;
drop table engine.permits;
