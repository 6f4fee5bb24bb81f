-- What the built-in mailbox has received; the newest few thousand are kept.
create table caught_letter (
  id          bigint generated always as identity primary key,
  received_at timestamptz not null,
  sender      text not null,
  recipient   text not null,
  subject     text not null default '',
  source      bytea not null
);
create index caught_letter_recipient on caught_letter (recipient, id desc);
