-- Runs that hold, or ask for, the permits of the limits that they were started under; one row a run,
-- so that it is gone as a whole when the run ends. Made of the log; who is first is decided here.
create table engine.permits (
  execution_id text primary key,
  shard integer not null,
  -- revision of the fact that asked
  requested_at integer not null,
  -- its position in the log: the older one is first
  asked_at bigint not null,
  priority integer not null,
  keys text[] not null,
  most integer[] not null,
  -- 0: so many at the same time
  within_ms bigint[] not null,
  granted boolean not null default false,
  -- the fact of the grant is in the log too
  recorded boolean not null default false
);
create index permits_in_line on engine.permits (priority desc, asked_at) where not granted;
create index permits_held on engine.permits using gin (keys) with (fastupdate = off) where granted;
create index permits_to_record on engine.permits (shard) where granted and not recorded;

-- Starts that count for a limit on how many begin within a time, until that time is over.
create table engine.starts (
  key text not null,
  execution_id text not null,
  requested_at integer not null,
  until timestamptz not null,
  primary key (key, execution_id, requested_at)
);
create index starts_by_end on engine.starts (until);

-- Grants what the limits allow, in the order of the line. One at a time, by a lock that is held until
-- the commit, and each statement with a fresh snapshot (VOLATILE): two executors never both see the
-- last free place. A row that the index is just changing is left for the next look, since waiting for
-- it could lock both out. Who finds a key full keeps it full for everyone behind.
create function engine.grant_permits(out some_wait boolean, out next_in_ms double precision)
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
