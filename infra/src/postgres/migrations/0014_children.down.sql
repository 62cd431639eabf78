drop table engine.children;
