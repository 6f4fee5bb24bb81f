-- How often a story was opened on a day of the publication's calendar. Nothing about by whom.
create table story_opens (
  story_id bigint not null references story on delete cascade,
  day      date not null,
  opens    bigint not null,
  primary key (story_id, day)
);
create index story_opens_day on story_opens (day);
