-- Which run has the place of a limit that lets one run in and turns others away: told when a run is to
-- start, before its stream exists. A row whose run is over, or never came to be, is taken over.
create table state.singletons (
  key text primary key,
  execution_id text not null,
  taken_at timestamptz not null default clock_timestamp()
);
