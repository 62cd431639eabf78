-- What the projections need beside their own tables, which the runner makes per version.

-- How far each generation of a projection has read. Moved by compare-and-set together with its rows.
create table read.checkpoints (
  name text collate "C" not null,
  generation text collate "C" not null,
  position bigint not null default 0,
  primary key (name, generation)
);

-- Which generation the views of a projection show.
create table read.active (
  name text collate "C" primary key,
  version int not null,
  generation text collate "C" not null
);

-- Events that a projection could not take, and the later events of their streams, which wait behind them.
create table read.parked (
  name text collate "C" not null,
  generation text collate "C" not null,
  stream text collate "C" not null,
  revision bigint not null,
  position bigint not null,
  -- Why the first event of the stream was parked: a code, never a payload. Null for those behind it.
  reason text,
  parked_at timestamptz not null default now(),
  primary key (name, generation, stream, revision)
);
