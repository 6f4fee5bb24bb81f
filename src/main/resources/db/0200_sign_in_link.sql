-- A link that signs someone in once. The letter carries a secret of which only the hash is kept. It is either for someone
-- who is here already, or for an address that becomes a reader when the link is used.
create table sign_in_link (
  token_hash bytea primary key,
  reader_id  bigint references reader on delete cascade,
  newcomer   text,                           -- the address, as it was typed
  next       text not null default '',       -- a path on this site to open then
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  check ((reader_id is null) <> (newcomer is null))
);
create index sign_in_link_age on sign_in_link (expires_at);
create index sign_in_link_reader on sign_in_link (reader_id);
create index session_age on session (expires_at);
