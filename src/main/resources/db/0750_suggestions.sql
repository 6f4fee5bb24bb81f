-- What editors answered to suggestions, for each word that spoke for one. Nothing says who answered, or for which story.
create table suggestion_word (
  word      text not null,               -- as the search index has it, under its language
  kind      text not null check (kind in ('topic', 'industry', 'country')),
  value     text not null,               -- a slug, or a country's code
  taken     int not null,
  dismissed int not null,
  primary key (word, kind, value)
);

-- What was dismissed for a story and is not suggested for it again.
create table suggestion_dismissed (
  story_id bigint not null references story on delete cascade,
  kind     text not null,
  value    text not null,
  primary key (story_id, kind, value)
);
