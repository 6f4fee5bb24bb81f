-- What a take's file is made of: what browsers record, or what a program such as OBS sends.
alter table live_take add column form text not null default 'matroska' check (form in ('matroska', 'flv'));

-- By which a program comes in by RTMP: one for a session, shown once. Also why it was last turned away.
create table live_stream_key (
  session_id bigint primary key references live_session on delete cascade,
  key_hash   bytea not null unique,
  made_by    bigint references reader on delete set null,
  made_at    timestamptz not null,
  trouble    text not null default '',
  trouble_at timestamptz
);
create index live_stream_key_by_who on live_stream_key (made_by);
