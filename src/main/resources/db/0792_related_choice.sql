-- What editors say of the stories under a story: which stand first, the last chosen before the others, and which never do.
create table related_choice (
  story_id bigint not null references story on delete cascade,
  other_id bigint not null references story on delete cascade,
  choice   text not null check (choice in ('first', 'out')),
  at       timestamptz not null,
  primary key (story_id, other_id),
  check (story_id <> other_id)
);
create index related_choice_other on related_choice (other_id);
