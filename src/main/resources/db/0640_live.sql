-- A live video session: what everyone is told of it, who may watch, how it stands.
create table live_session (
  id           bigint generated always as identity primary key,
  slug         text not null unique,
  title        text not null,
  announcement text not null default '',
  starts_at    timestamptz not null,
  zone         text not null,
  access       text not null default 'member',
  plans        text[] not null default '{}',
  anonymous    boolean not null default true,
  hold_first   boolean not null default false,
  state        text not null default 'draft' check (state in ('draft', 'announced', 'live', 'ended')),
  trim_start   int not null default 0 check (trim_start >= 0),
  trim_end     int not null default 0 check (trim_end >= 0),
  created_at   timestamptz not null,
  began_at     timestamptz,
  ended_at     timestamptz
);
create index live_session_by_start on live_session (starts_at) where state <> 'draft';

-- One uninterrupted recording of a browser. What was received lies in a file, "received" bytes of it; its pictures for viewers in a folder
-- for each round of making them.
create table live_take (
  id         bigint generated always as identity primary key,
  session_id bigint not null references live_session on delete cascade,
  by         bigint references reader on delete set null,
  state      text not null default 'open' check (state in ('open', 'closed', 'made', 'unreadable')),
  next_part  int not null default 0,
  received   bigint not null default 0,
  round      int not null default 1,
  node       uuid,
  beat_at    timestamptz not null,
  heard_at   timestamptz not null,
  opened_at  timestamptz not null
);
create index live_take_by_session on live_take (session_id, id);
create index live_take_unmade on live_take (beat_at) where state in ('open', 'closed');
create index live_take_by_who on live_take (by);

create table live_question (
  id           bigint generated always as identity primary key,
  session_id   bigint not null references live_session on delete cascade,
  reader_id    bigint references reader on delete cascade,
  anonymous    boolean not null default false,
  body         text not null,
  state        text not null check (state in ('held', 'open', 'queued', 'answering', 'answered', 'refused', 'merged')),
  votes        int not null default 0,
  merged_into  bigint references live_question on delete set null,
  answer       text not null default '',
  asked_at     timestamptz not null,
  queued_at    timestamptz,
  answering_at timestamptz,
  answered_at  timestamptz
);
create index live_question_by_session on live_question (session_id, id);
create index live_question_by_reader on live_question (reader_id);
create index live_question_merged on live_question (merged_into) where merged_into is not null;

create table live_vote (
  question_id bigint not null references live_question on delete cascade,
  reader_id   bigint not null references reader on delete cascade,
  primary key (question_id, reader_id)
);
create index live_vote_by_reader on live_vote (reader_id);

-- Who may not ask any more in a session.
create table live_mute (
  session_id bigint not null references live_session on delete cascade,
  reader_id  bigint not null references reader on delete cascade,
  primary key (session_id, reader_id)
);
create index live_mute_by_reader on live_mute (reader_id);

-- What happened, in order, for those whose connection was away meanwhile. Written behind the session's row.
create table live_happening (
  id          bigint generated always as identity primary key,
  session_id  bigint not null references live_session on delete cascade,
  question_id bigint references live_question on delete cascade,
  at          timestamptz not null
);
create index live_happening_by_session on live_happening (session_id, id);
create index live_happening_by_question on live_happening (question_id);

-- The minutes in which someone's player fetched pictures or sound.
create table live_minute (
  session_id bigint not null references live_session on delete cascade,
  reader_id  bigint not null references reader on delete cascade,
  minute     timestamptz not null,
  primary key (session_id, reader_id, minute)
);
create index live_minute_by_reader on live_minute (reader_id);

-- By which addresses of pictures are signed; sealed.
create table live_key (
  id     int primary key check (id = 1),
  sealed bytea not null
);
