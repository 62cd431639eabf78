drop trigger append_only_rows on log.events;
drop function log.refuse_loss();
drop trigger append_only on log.events;
create trigger append_only before update or delete or truncate on log.events
  for each statement execute function log.refuse_change();
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
drop table log.archived_streams;
drop table log.archived_blocks;
