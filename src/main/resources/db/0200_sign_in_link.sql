-- A link that signs someone in once. The letter carries a secret of which only the hash is kept.
create table sign_in_link (
  token_hash bytea primary key,
  reader_id  bigint not null references reader on delete cascade,
  next       text not null default '',       -- a path on this site to open then
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index sign_in_link_age on sign_in_link (expires_at);
create index sign_in_link_reader on sign_in_link (reader_id);
create index session_age on session (expires_at);
