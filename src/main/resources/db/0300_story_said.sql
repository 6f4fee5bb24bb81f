-- What a story's links say, repeated in its own row: a page, a list and a feed then read one row and a picture, where they
-- joined six tables. Kept by triggers, because a name that changes must change on every page, whoever changes it.
alter table story
  add column author_names     text[] not null default '{}',
  add column author_slugs     text[] not null default '{}',
  add column topic_names      text[] not null default '{}',
  add column topic_slugs      text[] not null default '{}',
  add column industry_names   text[] not null default '{}',
  add column industry_slugs   text[] not null default '{}',
  add column correction_texts text[] not null default '{}',
  add column correction_times timestamptz[] not null default '{}';

-- In this order: the stories' rows, which whoever saves one holds already; then the names, so that none changes between
-- our reading it and our commit; then, with what is true by now, the writing.
create function say_again(stories bigint[]) returns void language plpgsql as $$
begin
  if cardinality(stories) = 0 then return; end if;
  perform from story where id = any(stories) order by id for no key update;
  perform from author a join story_author l on l.author_id = a.id where l.story_id = any(stories) order by a.id for share of a;
  perform from topic t join story_topic l on l.topic_id = t.id where l.story_id = any(stories) order by t.id for share of t;
  perform from industry i join story_industry l on l.industry_id = i.id where l.story_id = any(stories) order by i.id for share of i;
  update story s set
    (author_names, author_slugs) = (
      select coalesce(array_agg(a.name order by l.position), '{}'), coalesce(array_agg(a.slug order by l.position), '{}')
      from story_author l join author a on a.id = l.author_id where l.story_id = s.id),
    (topic_names, topic_slugs) = (
      select coalesce(array_agg(t.name order by l.position), '{}'), coalesce(array_agg(t.slug order by l.position), '{}')
      from story_topic l join topic t on t.id = l.topic_id where l.story_id = s.id),
    (industry_names, industry_slugs) = (
      select coalesce(array_agg(i.name order by i.position, i.name), '{}'), coalesce(array_agg(i.slug order by i.position, i.name), '{}')
      from story_industry l join industry i on i.id = l.industry_id where l.story_id = s.id),
    (correction_texts, correction_times) = (
      select coalesce(array_agg(c.text order by c.at, c.id), '{}'), coalesce(array_agg(c.at order by c.at, c.id), '{}')
      from correction c where c.story_id = s.id)
  where s.id = any(stories);
end $$;

create function say_linked() returns trigger language plpgsql as $$
begin
  perform say_again(array(select distinct story_id from linked));
  return null;
end $$;

create function say_moved() returns trigger language plpgsql as $$
begin
  perform say_again(array[old.story_id, new.story_id]);
  return null;
end $$;

create function say_renamed() returns trigger language plpgsql as $$
declare stories bigint[];
begin
  execute format('select array(select story_id from story_%1$I where %1$I_id = $1)', tg_table_name) into stories using new.id;
  perform say_again(stories);
  return null;
end $$;

do $$
declare link record;
begin
  for link in select * from (values ('story_author', 'story_id, author_id, position'), ('story_topic', 'story_id, topic_id, position'),
                                    ('story_industry', 'story_id, industry_id'), ('correction', 'story_id, text, at')) l(name, said) loop
    execute format('create trigger say_added after insert on %I referencing new table as linked for each statement execute function say_linked()', link.name);
    execute format('create trigger say_removed after delete on %I referencing old table as linked for each statement execute function say_linked()', link.name);
    execute format('create trigger say_moved after update of %s on %I for each row execute function say_moved()', link.said, link.name);
  end loop;
end $$;
-- A form saves every field; only a new name is worth writing to all the stories that say it.
create trigger say_renamed after update of name, slug on author for each row
  when ((old.name, old.slug) is distinct from (new.name, new.slug)) execute function say_renamed();
create trigger say_renamed after update of name, slug on topic for each row
  when ((old.name, old.slug) is distinct from (new.name, new.slug)) execute function say_renamed();
create trigger say_renamed after update of name, slug, position on industry for each row
  when ((old.name, old.slug, old.position) is distinct from (new.name, new.slug, new.position)) execute function say_renamed();

select say_again(array(select id from story));

-- A published story as far as everyone may read it.
create view story_teaser as
  select s.id, s.kind, s.slug, s.title, s.standfirst, s.language, s.direction, s.dateline, s.access, s.words, s.featured,
         s.published_at, s.updated_at,
         p.name as picture_name, p.width as picture_width, p.height as picture_height,
         p.alt as picture_alt, p.caption as picture_caption, p.credit as picture_credit,
         s.author_names, s.author_slugs, s.topic_names, s.topic_slugs,
         s.opening, s.rest <> '' as cut, s.industry_slugs, s.industry_names, s.correction_texts, s.correction_times
  from story s left join picture p on p.id = s.picture_id
  where s.state = 'published';

-- The same without its body, for lists.
create or replace view story_card as
  select id, kind, slug, title, standfirst, language, direction, dateline, access, words, featured, published_at, updated_at,
         picture_name, picture_width, picture_height, picture_alt, picture_caption, picture_credit,
         author_names, author_slugs, topic_names, topic_slugs
  from story_teaser;
