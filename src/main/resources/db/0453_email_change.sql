-- Someone moves to another address: the new one says yes, the old one can take it back for a week.
create table email_change (
  id         bigint generated always as identity primary key,
  reader_id  bigint not null references reader on delete cascade,
  old_email  text not null,
  new_email  text not null,
  token_hash bytea not null unique,
  undo_hash  bytea unique,
  asked_at   timestamptz not null,
  expires_at timestamptz not null,
  done_at    timestamptz,
  undo_until timestamptz,
  undone_at  timestamptz
);
create index email_change_reader on email_change (reader_id);
create index email_change_age on email_change (asked_at);
