-- Letters to one person, owed from the moment that the deciding transaction commits.
create table outbox (
  id          bigint generated always as identity primary key,
  to_address  text not null,
  to_name     text not null default '',
  subject     text not null,
  body_text   text not null,
  body_html   text not null,
  state       text not null default 'owed' check (state in ('owed', 'sending', 'accepted', 'refused')),
  attempts    int not null default 0,
  created_at  timestamptz not null,
  next_try_at timestamptz not null,
  settled_at  timestamptz,
  reply       text not null default ''
);
create index outbox_owed on outbox (next_try_at) where state in ('owed', 'sending');
