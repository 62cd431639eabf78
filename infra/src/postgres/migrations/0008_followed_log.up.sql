-- The log that the rest of this database was made from: one row, once a studio has started.
create table state.followed_log (
  one boolean primary key default true check (one),
  store_id uuid not null
);
