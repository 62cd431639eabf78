-- Debounce: runs of one key that wait are a burst. It is over when no other run has asked for so long,
-- or its first one has waited for as long as any may; then the run that was started last begins, once
-- the others have gone from here with the facts of their ends. Each of these says how long the first one
-- may have waited, which is how long the one that is left may. So nothing that is decided here has to be
-- remembered: the rows say it again after a crash, and after they were made anew from the log.
alter table engine.permits
  -- null: the run is not debounced
  add column quiet_key text,
  add column quiet_at timestamptz,
  add column latest_at timestamptz;
create index permits_in_burst on engine.permits (quiet_key) where quiet_key is not null;

-- position of the fact that opened the run; 0: it was opened before this was kept
alter table engine.runs add column opened_at bigint not null default 0;

-- One row for each key that somebody waits by. A run that was granted its permits and was started later
-- than one that waits has that one's place too.
create view engine.bursts as
select quiet_key,
       (array_agg(execution_id order by opened_at desc nulls last, asked_at desc))[1] as newest,
       least(max(quiet_at) filter (where not granted),
             min(latest_at) filter (where not granted)) as due_at,
       min(latest_at) filter (where not granted) as latest_at,
       count(*) filter (where not granted) as waiting
  from engine.permits left join engine.runs using (execution_id)
 where quiet_key is not null
 group by quiet_key
having not bool_and(granted);

-- As before, for those that no burst holds back.
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
    select execution_id, requested_at, keys, most, within_ms,
           quiet_key is not null
             and (waiting > 1 or newest <> execution_id or due_at > clock_timestamp()) as held_back
      from engine.permits left join engine.bursts using (quiet_key)
     where not granted order by priority desc, asked_at
  loop
    if asking.held_back then
      some_wait := true;
      continue;
    end if;
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
    next_in_ms := (select extract(epoch from min(at) - clock_timestamp()) * 1000
                     from (select until as at from engine.starts
                           union all
                           select due_at from engine.bursts where due_at > clock_timestamp()) as due);
  end if;
end $$;
