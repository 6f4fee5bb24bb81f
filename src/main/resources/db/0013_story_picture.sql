-- Which pictures a story shows, above its text or in it: what may not be thrown away, and where a caption matters.
create table story_picture (
  story_id   bigint not null references story on delete cascade,
  picture_id bigint not null references picture,
  primary key (story_id, picture_id)
);
create index story_picture_picture on story_picture (picture_id);

insert into story_picture (story_id, picture_id)
select s.id, p.id
from story s
cross join lateral regexp_matches(s.opening || s.rest, '/content/images/(?:size/[a-z0-9]+/)?([a-z0-9][a-z0-9._-]*)', 'g') m
join picture p on p.name = m[1]
union
select id, picture_id from story where picture_id is not null;

-- The library, as far as words are missing.
create index picture_without_alt on picture (id desc) where alt = '';
