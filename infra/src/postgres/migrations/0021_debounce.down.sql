create or replace function engine.grant_permits(out some_wait boolean, out next_in_ms double precision)
language plpgsql volatile as $$
declare
  asking record;
  full_keys text[] := '{}';
  taken integer;
  may_begin boolean;
begin
  some_wait := false;
  if not exists (select from engine.permits where not granted) then return; end if;
  perform pg_advisory_xact_lock(7823094502);
  delete from engine.starts where until <= clock_timestamp();
  for asking in
    select execution_id, requested_at, keys, most, within_ms from engine.permits
     where not granted order by priority desc, asked_at
  loop
    may_begin := not asking.keys && full_keys;
    for i in 1 .. case when may_begin then cardinality(asking.keys) else 0 end loop
      if asking.within_ms[i] = 0 then
        select count(*) into taken from engine.permits
         where granted and keys @> array[asking.keys[i]];
      else
        select count(*) into taken from engine.starts where key = asking.keys[i];
      end if;
      if taken >= asking.most[i] then
        full_keys := full_keys || asking.keys[i];
        may_begin := false;
      end if;
    end loop;
    if may_begin then
      update engine.permits set granted = true
       where execution_id = (select execution_id from engine.permits
                              where execution_id = asking.execution_id and not granted
                                and requested_at = asking.requested_at
                                for update skip locked);
      may_begin := found;
    end if;
    if may_begin then
      insert into engine.starts (key, execution_id, requested_at, until)
      select key, asking.execution_id, asking.requested_at,
             clock_timestamp() + within * interval '1 millisecond'
        from unnest(asking.keys, asking.within_ms) as counted(key, within)
       where within > 0
      on conflict do nothing;
    else
      some_wait := true;
    end if;
  end loop;
  if some_wait then
    next_in_ms := (select extract(epoch from min(until) - clock_timestamp()) * 1000
                     from engine.starts);
  end if;
end $$;

drop view engine.bursts;
drop index engine.permits_in_burst;
alter table engine.permits drop column quiet_key, drop column quiet_at, drop column latest_at;
alter table engine.runs drop column opened_at;
