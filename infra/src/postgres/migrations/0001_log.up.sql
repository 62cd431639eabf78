-- Four schemas say what may be dropped: log (append-only), read (rebuildable projections),
-- engine (rebuildable from the log), state (not from the log: needs a backup).
create schema if not exists log;
create schema if not exists read;
create schema if not exists engine;
create schema if not exists state;

-- One row names the store; outside, a position is '<store_id>:<n>'.
create table log.store (
  store_id uuid primary key,
  singleton boolean not null default true unique check (singleton)
);
insert into log.store (store_id) values (gen_random_uuid());

-- data and metadata are the exact texts that were hashed: never jsonb, which refuses \u0000 and
-- rewrites numbers. Collation C compares streams byte by byte whatever the database's locale.
create table log.events (
  position bigint primary key,
  revision bigint not null,
  event_id uuid not null,
  stream text collate "C" not null,
  type text collate "C" not null,
  data text collate "C" not null,
  metadata text collate "C" not null,
  hash bytea not null,
  unique (stream, revision)
);

-- Append-only for everyone, the owner and superusers included (a privilege would not bind those).
create function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on log.events
  for each statement execute function log.refuse_change();
create trigger append_only before update or delete or truncate on log.store
  for each statement execute function log.refuse_change();

-- Commits the appends of many callers together. Each append names its stream, the revision it
-- expects to be the last (-1: no stream) and that event's hash; each event names its append by
-- ordinal (from 1). An append is accepted or refused on its own; accepted events are numbered
-- without gaps. The writer lock is held until the commit is on disk and visible, so commit order
-- is position order. Answers in one small row: the last position before this batch, which appends
-- were accepted, and the head revision that each found.
--
-- VOLATILE, so that each statement after the lock has a fresh snapshot. Heads are probed by a
-- lateral 'order by revision desc limit 1': an 'exists' becomes a hashed subplan over the table.
-- The planner settings keep a plan made on a small table right when the table has grown.
create function log.append_batch(
  streams text[], expected_revisions bigint[], expected_hashes bytea[],
  append_ordinals int[], revisions bigint[], event_ids uuid[],
  types text[], datas text[], metadatas text[], hashes bytea[],
  out last_position bigint, out accepted boolean[], out found_revisions bigint[]
) language plpgsql volatile
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_bitmapscan = off
  set jit = off
as $$
begin
  perform pg_advisory_xact_lock(7823094501);

  select coalesce((select e.position from log.events e order by e.position desc limit 1), 0),
         array_agg(coalesce(head.revision, -1) = asked.revision
                   and head.hash is not distinct from asked.hash order by asked.ordinal),
         array_agg(coalesce(head.revision, -1) order by asked.ordinal)
    into last_position, accepted, found_revisions
    from unnest(streams, expected_revisions, expected_hashes)
           with ordinality as asked (stream, revision, hash, ordinal)
    left join lateral (
      select e.revision, e.hash from log.events e
       where e.stream = asked.stream order by e.revision desc limit 1
    ) head on true;

  if true = all (accepted) then -- as nearly always: an event's ordinal numbers it, without a sort
    insert into log.events (position, revision, event_id, stream, type, data, metadata, hash)
    select last_position + event.ordinal,
           event.revision, event.id, streams[event.append], event.type, event.data, event.metadata, event.hash
      from unnest(append_ordinals, revisions, event_ids, types, datas, metadatas, hashes)
             with ordinality as event (append, revision, id, type, data, metadata, hash, ordinal);
  else
    insert into log.events (position, revision, event_id, stream, type, data, metadata, hash)
    select last_position + row_number() over (order by event.ordinal),
           event.revision, event.id, streams[event.append], event.type, event.data, event.metadata, event.hash
      from unnest(append_ordinals, revisions, event_ids, types, datas, metadatas, hashes)
             with ordinality as event (append, revision, id, type, data, metadata, hash, ordinal)
     where accepted[event.append];
  end if;
end $$;
