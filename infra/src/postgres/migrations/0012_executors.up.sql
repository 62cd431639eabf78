-- What each executor has in hand, as it last said.
create table engine.executors (
  owner uuid primary key,
  role text not null,
  started_at timestamptz not null default now(),
  reported_at timestamptz not null default now(),
  live_runs integer not null,
  effects integer not null
);
