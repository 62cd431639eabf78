-- Who may sign in. Nothing here names a person: addresses stand as their HMAC, tokens too.

-- An address belongs to one account, reserved before the account's stream exists.
create table state.accounts (
  email_hmac bytea primary key,
  user_id uuid not null unique,
  created_at timestamptz not null
);

-- The newest code of an address; an older one no longer counts.
create table state.codes (
  email_hmac bytea primary key,
  code_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0
);

-- A session is a family of refresh tokens, each used once.
create table state.sessions (
  session_id uuid primary key,
  user_id uuid not null,
  workspace_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_of_a_user on state.sessions (user_id);
create index sessions_by_end on state.sessions (expires_at);

create table state.refresh_tokens (
  token_hmac bytea primary key,
  session_id uuid not null references state.sessions on delete cascade,
  issued_at timestamptz not null,
  -- Set when the token was exchanged: seeing it again means that someone else holds a copy.
  rotated_at timestamptz
);
create index refresh_tokens_of_a_session on state.refresh_tokens (session_id);
