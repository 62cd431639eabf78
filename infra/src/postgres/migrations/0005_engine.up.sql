-- The executor's index. All of it can be rebuilt from the log, except the owners, which are of the moment.
create table engine.shards (
  shard integer primary key,
  owner uuid,
  epoch bigint not null default 0,
  beat bigint not null default 0
);
insert into engine.shards (shard) select generate_series(0, 63);

create table engine.runs (
  execution_id text primary key,
  shard integer not null
);
create index runs_by_shard on engine.runs (shard);

create table engine.timers (
  execution_id text not null,
  timer_id text not null,
  shard integer not null,
  due_at timestamptz not null,
  primary key (execution_id, timer_id)
);
create index timers_by_due on engine.timers (due_at);

create table engine.checkpoint (
  one boolean primary key default true check (one),
  position bigint not null
);
insert into engine.checkpoint (position) values (0);
