-- The countries that a story is about, as the two letters of ISO 3166-1. The story's own row has them for its page; a row for
-- each has the story's time, so that a country's page reads one index.
alter table story add column countries text[] not null default '{}';

create table story_country (
  story_id     bigint not null references story on delete cascade,
  country      text not null check (country ~ '^[A-Z]{2}$'),
  published_at timestamptz,
  primary key (story_id, country)
);
create index story_country_newest on story_country (country, published_at desc, story_id desc) where published_at is not null;

do $$
begin
  execute 'create or replace view story_teaser as ' || regexp_replace(
    pg_get_viewdef('story_teaser'::regclass), E'\\s+FROM \\(*story s', E', s.countries\\&', '');
end $$;
