-- Events that lie in files of the file storage instead of log.events (ADR 0010). A block is a run of
-- positions without gaps; blocks follow each other from position 1 on.
create table log.archived_blocks (
  last_position bigint primary key,
  first_position bigint not null,
  -- workspace/sha256 of the file, which holds its events as newline JSON, compressed by gzip.
  ref text collate "C" not null,
  bytes bigint not null,
  archived_at timestamptz not null default now()
);

-- Which revisions of a stream lie in which block, and the hash of the last: a head that is archived is
-- found here, and a stream that exists in files alone cannot be opened a second time.
create table log.archived_streams (
  stream text collate "C" not null,
  last_revision bigint not null,
  first_revision bigint not null,
  last_position bigint not null,
  last_hash bytea not null,
  block bigint not null references log.archived_blocks on delete cascade,
  primary key (stream, last_revision)
);
create index archived_streams_of_a_block on log.archived_streams (block);

-- The log stays append-only, except that what lies in a block may leave the table.
drop trigger append_only on log.events;
create trigger append_only before update or truncate on log.events
  for each statement execute function log.refuse_change();
create function log.refuse_loss() returns trigger language plpgsql as $$
declare
  kept bigint;
begin
  select coalesce(max(last_position), 0) into kept from log.archived_blocks;
  if exists (select from gone where gone.position > kept) then
    raise exception 'the log is append-only: delete on %.% is refused beyond what is archived', tg_table_schema, tg_table_name
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger append_only_rows after delete on log.events
  referencing old table as gone for each statement execute function log.refuse_loss();

-- As of 0001, and a head that is not in the table is looked up among the archived ones.
create or replace function log.append_batch(
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
         array_agg(coalesce(head.revision, kept.revision, -1) = asked.revision
                   and coalesce(head.hash, kept.hash) is not distinct from asked.hash order by asked.ordinal),
         array_agg(coalesce(head.revision, kept.revision, -1) order by asked.ordinal)
    into last_position, accepted, found_revisions
    from unnest(streams, expected_revisions, expected_hashes)
           with ordinality as asked (stream, revision, hash, ordinal)
    left join lateral (
      select e.revision, e.hash from log.events e
       where e.stream = asked.stream order by e.revision desc limit 1
    ) head on true
    left join lateral ( -- not looked at when there is a head
      select a.last_revision as revision, a.last_hash as hash from log.archived_streams a
       where head.revision is null and a.stream = asked.stream order by a.last_revision desc limit 1
    ) kept on true;

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
