-- Folds of long runs, the newest of each, sealed under the run's own data key. Only a short cut:
-- all of it can be dropped at any time.
create table engine.snapshots (
  stream text primary key,
  revision bigint not null,
  hash text not null,
  state_version text not null,
  key_id uuid not null,
  -- iv (12) ‖ AES-256-GCM ciphertext ‖ tag (16), bound to all that stands above
  sealed bytea not null
);
alter table engine.snapshots alter column sealed set storage external;
