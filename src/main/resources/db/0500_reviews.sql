-- A newsletter that is composed for each member from their ranking of industries.
alter table newsletter drop constraint newsletter_slot_check;
alter table newsletter add constraint newsletter_slot_check
  check (slot in ('am', 'pm', 'daily', 'weekdays', 'weekly', 'review', 'personal'));

-- What someone who was signed in has opened: so that a review brings nothing that was read, and the PRO home puts what is unread first.
create table member_read (
  reader_id bigint not null references reader on delete cascade,
  story_id  bigint not null references story on delete cascade,
  at        timestamptz not null,
  primary key (reader_id, story_id)
);
create index member_read_story on member_read (story_id);

-- What an industry's editor says above it in one week's review.
create table review_foreword (
  edition_id  bigint not null references edition on delete cascade,
  industry_id bigint not null references industry on delete cascade,
  text        text not null,
  by          bigint references reader on delete set null,
  at          timestamptz not null,
  primary key (edition_id, industry_id)
);

-- First in its industry in one week's review, whatever it weighs.
create table review_pin (
  edition_id  bigint not null references edition on delete cascade,
  industry_id bigint not null references industry on delete cascade,
  story_id    bigint not null references story on delete cascade,
  by          bigint references reader on delete set null,
  at          timestamptz not null,
  primary key (edition_id, industry_id, story_id)
);

-- In nobody's review of that week.
create table review_ban (
  edition_id bigint not null references edition on delete cascade,
  story_id   bigint not null references story on delete cascade,
  by         bigint references reader on delete set null,
  at         timestamptz not null,
  primary key (edition_id, story_id)
);

-- What each member was sent, one partition for each week: their archive, and what no later review brings again. Blocks in order:
-- lengths[n] stories belong to industries[n].
create table member_review (
  edition_id bigint not null,
  reader_id  bigint not null,
  industries bigint[] not null,
  lengths    int[] not null,
  stories    bigint[] not null,
  chosen     boolean not null,               -- whether they had ranked industries themselves
  primary key (edition_id, reader_id)
) partition by list (edition_id);
create index member_review_reader on member_review (reader_id);
