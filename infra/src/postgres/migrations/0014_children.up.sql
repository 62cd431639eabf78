-- Runs that other runs started and wait for: what of their ends is not yet on record with their parents.
create table engine.children (
  child_id text primary key,
  parent_id text not null,
  child_shard integer not null,
  parent_shard integer not null,
  awaited boolean not null,
  ended boolean not null,
  orphaned boolean not null
);
create index children_of on engine.children (parent_id);
create index children_to_take_up on engine.children (parent_shard)
  where awaited and ended and not orphaned;
create index children_orphaned on engine.children (child_shard) where orphaned;
