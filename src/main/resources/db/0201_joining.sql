-- What someone asked for with an address that nobody has shown to be theirs yet: kept for a day, and no reader before that.
create table joining (
  token_hash  bytea primary key,
  email       text not null,
  newsletters bigint[] not null,
  source      text not null default '',
  network     text not null default '',
  wording     text not null,                 -- which words they agreed to
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz
);
create index joining_age on joining (expires_at);

alter table subscription_event add column wording text not null default '';
create index subscription_event_pair on subscription_event (newsletter_id, reader_id, id desc);
