-- Stories on one event are one item: those with the same event, the first by position leading. What an editor has parted stays apart
-- in whatever edition of the newsletter it comes to stand. Neither column makes PostgreSQL write the table anew.
alter table edition_item
  add column event bigint,                         -- the number of the story that led when they were put together
  add column apart boolean not null default false;
