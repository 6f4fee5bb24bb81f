-- Pictures are named by the hash of their bytes; the bytes lie in storage, not here.
create table picture (
  id           bigint generated always as identity primary key,
  name         text not null unique,         -- in addresses: /content/images/NAME
  content_type text not null,
  width        int not null,
  height       int not null,
  alt          text not null default '',
  caption      text not null default '',
  credit       text not null default '',
  focal_x      real not null default 0.5,    -- 0 left .. 1 right
  focal_y      real not null default 0.5,    -- 0 top .. 1 bottom
  created_at   timestamptz not null,
  created_by   bigint references reader on delete set null
);

-- Every kind of text is one table and one list. A story's body is kept in two parts: what anyone may read, and the rest.
create table story (
  id           bigint generated always as identity primary key,
  kind         text not null default 'article' check (kind in ('article', 'memo', 'report', 'page')),
  slug         text not null unique,
  title        text not null,
  standfirst   text not null default '',
  language     text not null default 'en',
  direction    text not null default 'ltr' check (direction in ('ltr', 'rtl')),
  dateline     text not null default '',
  picture_id   bigint references picture,
  access       text not null default 'public' check (access in ('public', 'sign_in', 'member')),
  opening      text not null default '',     -- cleaned HTML that everyone may read
  rest         text not null default '',     -- cleaned HTML beyond the cut; empty when nothing is held back
  words        int not null default 0,
  state        text not null default 'draft' check (state in ('draft', 'review', 'scheduled', 'published', 'withdrawn')),
  featured     boolean not null default false,
  published_at timestamptz,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  revision     int not null default 1,       -- grows by one with each save; a stale form names an older one
  details      jsonb not null default '{}',  -- what only one kind has: a memo's confidence, a report's subtitle; never read for a teaser
  -- What a search may find: only words that everyone may read.
  words_open   tsvector generated always as (
      setweight(to_tsvector('simple', title), 'A')
      || setweight(to_tsvector('simple', standfirst), 'B')
      || setweight(to_tsvector('simple', regexp_replace(opening, '<[^>]*>', ' ', 'g')), 'C')) stored
);
create index story_newest on story (published_at desc, id desc) where state = 'published';
create index story_kind_newest on story (kind, published_at desc, id desc) where state = 'published';
create index story_desk on story (updated_at desc, id desc);
create index story_scheduled on story (published_at) where state = 'scheduled';
create index story_words on story using gin (words_open);

create table story_author (
  story_id  bigint not null references story on delete cascade,
  author_id bigint not null references author,
  position  int not null default 0,
  primary key (story_id, author_id)
);
create index story_author_author on story_author (author_id, story_id);

-- position 0 is the topic that the story is filed under first. published_at is the story's own, repeated here so that a
-- topic's page reads one index.
create table story_topic (
  story_id     bigint not null references story on delete cascade,
  topic_id     bigint not null references topic,
  position     int not null default 0,
  published_at timestamptz,
  primary key (story_id, topic_id)
);
create index story_topic_newest on story_topic (topic_id, published_at desc, story_id desc) where published_at is not null;

create table story_industry (
  story_id     bigint not null references story on delete cascade,
  industry_id  bigint not null references industry,
  published_at timestamptz,
  primary key (story_id, industry_id)
);
create index story_industry_newest on story_industry (industry_id, published_at desc, story_id desc) where published_at is not null;

create table story_revision (
  story_id bigint not null references story on delete cascade,
  revision int not null,
  title    text not null,
  standfirst text not null,
  opening  text not null,
  rest     text not null,
  saved_at timestamptz not null,
  saved_by bigint references reader on delete set null,
  primary key (story_id, revision)
);

-- Corrections are shown to the reader, with their time.
create table correction (
  id       bigint generated always as identity primary key,
  story_id bigint not null references story on delete cascade,
  text     text not null,
  at       timestamptz not null
);
create index correction_story on correction (story_id);

-- An address that a story once had keeps leading to it.
create table former_slug (
  slug     text primary key,
  story_id bigint not null references story on delete cascade
);
