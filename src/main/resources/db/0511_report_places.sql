-- Which report an editor wants shown in a topic's stories, or on the front page; without a row it is the newest.
create table report_place (
  topic_id bigint references topic on delete cascade,   -- none for the front page
  story_id bigint not null references story on delete cascade,
  unique nulls not distinct (topic_id)
);
create index on report_place (story_id);
