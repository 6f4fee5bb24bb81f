-- People and organisations that stories name, as editors keep them. One that was merged stays as the address that leads on.
create table entity (
  id          bigint generated always as identity primary key,
  kind        text not null check (kind in ('person', 'organisation', 'place', 'work')),
  slug        text not null unique,
  name        text not null,
  description text not null default '',
  retired_at  timestamptz,               -- not suggested any more; its page stays
  merged_into bigint references entity
);
create index entity_merged on entity (merged_into) where merged_into is not null;

-- What else it is called in stories, its own name among them.
create table entity_alias (
  entity_id bigint not null references entity on delete cascade,
  folded    text not null,               -- as it is compared
  alias     text not null,
  primary key (entity_id, folded)
);

-- Which stories name it, as an editor accepted; the time is the story's, while it is published.
create table story_entity (
  story_id     bigint not null references story on delete cascade,
  entity_id    bigint not null references entity,
  published_at timestamptz,
  primary key (story_id, entity_id)
);
create index story_entity_newest on story_entity (entity_id, published_at desc, story_id desc) where published_at is not null;

-- Grows with each change of the list, so that every node reads it again.
create table entity_edition (
  only_one boolean primary key default true check (only_one),
  edition  bigint not null
);
insert into entity_edition (edition) values (1);

alter table suggestion_word drop constraint suggestion_word_kind_check;
alter table suggestion_word add constraint suggestion_word_kind_check check (kind in ('topic', 'industry', 'country', 'entity')) not valid;
