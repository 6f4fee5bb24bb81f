-- Who wants to be reminded of a session, and what they were sent.
create table live_reminder (
  session_id bigint not null references live_session on delete cascade,
  reader_id  bigint not null references reader on delete cascade,
  asked_at   timestamptz not null,
  day_at     timestamptz,
  soon_at    timestamptz,
  primary key (session_id, reader_id)
);
create index live_reminder_by_reader on live_reminder (reader_id);
