-- How far each subscriber of the log is, as the process that it lives in last said.
create table engine.subscribers (
  process uuid not null,
  role text not null,
  subscriber text not null,
  position bigint not null,
  reported_at timestamptz not null default now(),
  primary key (process, subscriber)
);
