-- What a member follows: a topic, an industry, an author or a country, one row for each.
create table follow (
  reader_id   bigint not null references reader on delete cascade,
  topic_id    bigint references topic on delete cascade,
  industry_id bigint references industry on delete cascade,
  author_id   bigint references author on delete cascade,
  country     text check (country ~ '^[A-Z]{2}$'),
  since       timestamptz not null,
  check (num_nonnulls(topic_id, industry_id, author_id, country) = 1)
);
create index follow_reader on follow (reader_id);
create unique index follow_topic on follow (topic_id, reader_id) where topic_id is not null;
create unique index follow_industry on follow (industry_id, reader_id) where industry_id is not null;
create unique index follow_author on follow (author_id, reader_id) where author_id is not null;
create unique index follow_country on follow (country, reader_id) where country is not null;

-- How someone hears of new memos. Written with the first thing that they follow.
create table alert_choice (
  reader_id  bigint primary key references reader on delete cascade,
  how        text not null check (how in ('at_once', 'daily', 'none')),
  at         time not null,                    -- of the daily letter, on the clock of zone
  zone       text not null,
  since      timestamptz not null,             -- up to when the last daily letter, or its absence, told of memos
  next_at    timestamptz,                      -- when the next daily letter is due
  stopped    text,                             -- what a letter's link has ended, for as long as that can be undone
  stopped_at timestamptz,
  check ((how = 'daily') = (next_at is not null))
);
create index alert_choice_due on alert_choice (next_at) where how = 'daily';
