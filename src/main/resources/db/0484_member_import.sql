-- Members that come with a file from elsewhere: each file once it was read, line by line, so that it can be looked at before, carried on
-- where it stopped, and taken back for a day.
create table member_import (
  id        bigint generated always as identity primary key,
  at        timestamptz not null,
  by        bigint references reader on delete set null,   -- none: the operator
  file      text not null,
  columns   text[] not null default '{}',       -- which column of the file is which of ours, where its name does not tell: until=Paid to
  state     text not null check (state in ('waiting', 'reading', 'read', 'running', 'done', 'undoing', 'undone')),
  trouble   text not null default '',           -- why the file can't be read
  head      text not null default '',           -- its first row
  lines     int not null default 0,             -- with somebody in them
  last_line int not null default 0,
  members   int not null default 0,             -- who becomes a member, then who became one
  already   int not null default 0,
  bad       int not null default 0,
  done_at   timestamptz
);
create index member_import_by on member_import (by);
create index member_import_busy on member_import (id) where state in ('reading', 'running', 'undoing');

-- What was handed over in the desk, until it is taken in; a day at most.
create table member_import_file (
  import_id bigint primary key references member_import on delete cascade,
  content   bytea not null
);

create table member_import_line (
  import_id   bigint not null references member_import on delete cascade,
  line        int not null,                         -- in the file, from 1
  text        text not null,                        -- the address as it stands there
  email_key   text,
  name        text not null,
  price_id    bigint,
  payment     text,
  joined_at   timestamptz,
  until       timestamptz,
  source      text not null,
  newsletters bigint[] not null,
  written     text not null,                        -- the whole row as it stands there
  problem     text,                                 -- why it can't be taken, or who it is that stays as they are
  primary key (import_id, line)
);
create index member_import_line_problem on member_import_line (import_id, line) where problem is not null;
create index member_import_line_left_out on member_import_line (email_key) where problem is not null;

-- What is still to be taken in of an import that is under way: each part by one hand, in one transaction.
create table member_import_part (
  import_id bigint not null references member_import on delete cascade,
  from_line int not null,                           -- after this one
  to_line   int not null,                           -- up to this one
  done      boolean not null default false,
  primary key (import_id, from_line)
);

-- Who became a member by which line. Written once; a line that was updated again and again took twice as long.
create table member_import_taken (
  import_id     bigint not null,
  line          int not null,
  reader_id     bigint not null,
  membership_id bigint not null,
  made_reader   boolean not null,
  kept          boolean not null default false,     -- when all was taken back, as they had done something by then
  primary key (import_id, line)
);
create index member_import_taken_reader on member_import_taken (reader_id);

-- Whoever deletes a reader asks each of these for what they did as staff; without an index that reads all of them.
create index membership_event_by on membership_event (by) where by is not null;
create index audit_event_by on audit_event (by) where by is not null;
create index story_event_by on story_event (by) where by is not null;
create index story_revision_saved_by on story_revision (saved_by) where saved_by is not null;
