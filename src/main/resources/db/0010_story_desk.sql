-- What the newsroom did to a story, and when; only added to.
create table story_event (
  id       bigint generated always as identity primary key,
  story_id bigint not null references story on delete cascade,
  what     text not null check (what in ('created', 'updated', 'review', 'draft', 'scheduled', 'published', 'withdrawn', 'restored', 'corrected')),
  note     text not null default '',
  at       timestamptz not null,
  by       bigint references reader on delete set null   -- none: the timetable did it
);
create index story_event_story on story_event (story_id, id desc);

-- Saved by itself while someone wrote; the next save of theirs takes its place in the history.
alter table story_revision add column autosaved boolean not null default false;

-- The desk's list, one state at a time.
create index story_state on story (state, updated_at desc, id desc);
