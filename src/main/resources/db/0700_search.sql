-- What the search index of each node has to hear of. Every node reads on from where it last stood; the transaction's number tells it
-- which rows it may not have seen yet, since rows are not committed in the order of their numbers.
create table story_change (
  id       bigint generated always as identity primary key,
  story_id bigint not null,              -- of a story that may be gone by now
  xact     xid8 not null default pg_current_xact_id(),
  at       timestamptz not null default clock_timestamp()
);
create index story_change_xact on story_change (xact);
create index story_change_at on story_change (at);

-- Which published stories a model has still to read. One row for each, however often it changed.
create table story_unread (
  story_id bigint primary key references story on delete cascade,
  at       timestamptz not null default clock_timestamp()
);
create index story_unread_newest on story_unread (at desc);

-- What the model made of a story: a direction for each passage, one after another, in a byte for each dimension.
create table story_meaning (
  story_id bigint primary key references story on delete cascade,
  model    text not null,
  digest   bytea not null,               -- of the passages that it read
  opening  bytea not null,
  rest     bytea not null
);

create function story_changed() returns trigger language plpgsql as $$
declare
  told bigint := case when tg_op = 'DELETE' then old.id else new.id end;
begin
  insert into story_change (story_id) values (told);
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and (old.state, old.title, old.standfirst, old.opening, old.rest, old.language)
      is distinct from (new.state, new.title, new.standfirst, new.opening, new.rest, new.language)) then
    if new.state = 'published' then
      insert into story_unread (story_id) values (told) on conflict (story_id) do update set at = excluded.at;
    end if;
  end if;
  perform pg_notify('story_changed', '');
  return null;
end $$;

create trigger story_changed_insert after insert on story for each row when (new.state = 'published') execute function story_changed();
create trigger story_changed_delete after delete on story for each row when (old.state = 'published') execute function story_changed();
create trigger story_changed_update after update on story for each row
  when ((old.state = 'published' or new.state = 'published') and
    (old.state, old.kind, old.slug, old.title, old.standfirst, old.language, old.opening, old.rest, old.access, old.plans,
     old.free_from, old.free_until, old.published_at, old.details, old.author_slugs, old.topic_slugs, old.industry_slugs, old.countries)
    is distinct from
    (new.state, new.kind, new.slug, new.title, new.standfirst, new.language, new.opening, new.rest, new.access, new.plans,
     new.free_from, new.free_until, new.published_at, new.details, new.author_slugs, new.topic_slugs, new.industry_slugs, new.countries))
  execute function story_changed();

insert into story_unread (story_id) select id from story where state = 'published';

-- How far each node's index is. epoch grows when an operator asks for all of it to be made again.
create table search_epoch (
  only_one boolean primary key default true check (only_one),
  epoch    bigint not null,
  database uuid not null default gen_random_uuid()   -- an index made from another database is of no use here
);
insert into search_epoch (epoch) values (1);

create table search_node (
  node    uuid primary key,
  epoch   bigint not null,               -- which is complete
  making  bigint,                        -- which is being made
  done    bigint not null default 0,
  total   bigint not null default 0,
  seen_at timestamptz not null
);

-- What editors know better: stories to come first for some words, and words that mean the same.
create table search_pin (
  id       bigint generated always as identity primary key,
  asked    text not null,                -- folded: what is typed, however it is written
  story_id bigint not null references story on delete cascade,
  position int not null,
  unique (asked, story_id)
);
create index search_pin_story on search_pin (story_id);

create table search_synonym (
  id    bigint generated always as identity primary key,
  words text[] not null check (cardinality(words) between 2 and 12)
);
