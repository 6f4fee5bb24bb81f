-- What a large model wrote in the place of a standfirst, for one edition: nothing of it is in the letter until an editor has taken it, and then
-- only while each of its sentences has its source in what everyone may read of the item's stories.
create table edition_blurb (
  edition_id bigint not null references edition on delete cascade,
  story_id   bigint not null references story on delete cascade,    -- the item's first
  used       boolean not null default false,
  written_at timestamptz not null,
  primary key (edition_id, story_id)
);
create index edition_blurb_story on edition_blurb (story_id);

create table edition_blurb_source (
  edition_id bigint not null,
  story_id   bigint not null,
  sentence   int not null,
  place      int not null,
  said       text not null,                                         -- the sentence
  source_id  bigint not null references story on delete cascade,
  source     text not null,                                         -- as it stands in that story
  primary key (edition_id, story_id, sentence, place),
  foreign key (edition_id, story_id) references edition_blurb on delete cascade
);
create index edition_blurb_source_story on edition_blurb_source (source_id);
