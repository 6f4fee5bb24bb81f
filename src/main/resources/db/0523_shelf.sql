-- What a reader has put aside.
create table bookmark (
  reader_id bigint not null references reader on delete cascade,
  story_id  bigint not null references story on delete cascade,
  at        timestamptz not null,
  primary key (reader_id, story_id)
);
create index bookmark_newest on bookmark (reader_id, at desc);
create index bookmark_story on bookmark (story_id);

-- What a reader has written for themselves beside a story: theirs alone, as they typed it. No member of staff has a page that shows it.
create table note (
  reader_id  bigint not null references reader on delete cascade,
  story_id   bigint not null references story on delete cascade,
  text       text not null,
  revision   int not null default 1,       -- grows with each saving; a page that is older than that says so
  updated_at timestamptz not null,
  primary key (reader_id, story_id)
);
create index note_newest on note (reader_id, updated_at desc);
create index note_story on note (story_id);
