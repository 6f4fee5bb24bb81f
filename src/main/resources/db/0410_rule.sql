-- Who may read a text is a rule. Its word stands in access: public, sign_in, member, plan, or closed, which is also how every
-- word that nobody knows is read: the newsroom alone.
alter table story drop constraint story_access_check;
alter table story add constraint story_access_check check (access in ('public', 'sign_in', 'member', 'plan', 'closed')) not valid;
alter table story
  add column plans         text[] not null default '{}',     -- slugs of the plans that access = 'plan' means; none: nobody has one of them
  add column metered       boolean not null default false,   -- may be one of the free ones of a month
  add column free_from     timestamptz,                      -- for everyone from then
  add column free_until    timestamptz,                      -- for everyone until then; with both, in between
  add column free_zone     text,                             -- by whose clock the two were said
  add column rule_turns_at timestamptz;                      -- the next moment at which the answer changes by itself
create index story_rule_turns on story (rule_turns_at) where rule_turns_at is not null;

create or replace view story_teaser as
  select s.id, s.kind, s.slug, s.title, s.standfirst, s.language, s.direction, s.dateline, s.access, s.words, s.featured,
         s.published_at, s.updated_at,
         p.name as picture_name, p.width as picture_width, p.height as picture_height,
         p.alt as picture_alt, p.caption as picture_caption, p.credit as picture_credit,
         s.author_names, s.author_slugs, s.topic_names, s.topic_slugs,
         s.opening, s.rest <> '' as cut, s.industry_slugs, s.industry_names, s.correction_texts, s.correction_times,
         s.plans, s.metered, s.free_from, s.free_until, s.rule_turns_at
  from story s left join picture p on p.id = s.picture_id
  where s.state = 'published';

create or replace view story_card as
  select id, kind, slug, title, standfirst, language, direction, dateline, access, words, featured, published_at, updated_at,
         picture_name, picture_width, picture_height, picture_alt, picture_caption, picture_credit,
         author_names, author_slugs, topic_names, topic_slugs,
         plans, metered, free_from, free_until
  from story_teaser;
