-- Data keys, each wrapped by the master key: iv (12) ‖ AES-256-GCM ciphertext (32) ‖ tag (16), bound
-- to key_id. Deleting a row is how a run or a person is forgotten: what the key sealed opens nowhere.
create table state.data_keys (
  key_id uuid primary key,
  wrapped bytea not null check (octet_length(wrapped) = 60),
  created_at timestamptz not null default now()
);
